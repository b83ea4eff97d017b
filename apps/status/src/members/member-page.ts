import { REASONS } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { MemberAnswer, MemberFilter } from './members.contract.js';

export interface MemberRow {
  key: string;
  resource: number | null;
  object: string | null;
  name: string;
  state: 'pending' | 'applied' | 'failed' | 'held';
  wanted: boolean;
  code: string | null;
  message: string | null;
  attempts: number;
  requestId: string | null;
  plan: string | null;
  at: Date;
  sort: string;
}

export const MEMBER_COLUMNS = `key, resource, object, name, state, wanted, code, message, attempts, request_id as "requestId", plan, at, sort`;

const STATES = { Success: 'applied', Failed: 'failed', 'In Progress': 'pending', Held: 'held' } as const;
const NAMES = { applied: 'Success', failed: 'Failed', pending: 'In Progress', held: 'Held' } as const;

export const targetNo = async (on: Queryable, target: string): Promise<number | undefined> =>
  (await on.query<{ no: number }>('select no from target where target = $1', [target]))[0]?.no;

/** The members after a place, by name; one more than the page has. */
export const pageOfMembers = (
  on: Queryable,
  no: number,
  filter: Omit<MemberFilter, 'cursor'>,
  place: readonly (string | number | null)[] | undefined,
): Promise<MemberRow[]> => {
  const direction = filter.order === 'asc' ? 'asc' : 'desc';
  const after = filter.order === 'asc' ? '>' : '<';
  const params: unknown[] = [no];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const where = ['target_no = $1'];
  if (filter.state) where.push(`state = ${param(STATES[filter.state])}`);
  if (filter.planId) where.push(`plan = ${param(filter.planId)}`);
  if (filter.search) where.push(`sort like ${param(`${escapeLike(filter.search.toLowerCase())}%`)}`);
  if (place) where.push(`(sort, key) ${after} (${param(place[0])}, ${param(place[1])})`);
  return on.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from member where ${where.join(' and ')}
     order by sort ${direction}, key ${direction} limit ${param(filter.limit + 1)}`,
    params,
  );
};

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

export const toMemberAnswer = (row: MemberRow): MemberAnswer => {
  const reason = row.code && row.code in REASONS ? REASONS[row.code as keyof typeof REASONS] : undefined;
  return {
    resourceId: row.resource,
    objectId: row.object,
    name: row.name,
    state: NAMES[row.state],
    wanted: row.wanted,
    reason: row.code,
    message: row.message,
    advice: reason?.advice ?? null,
    waiting: reason?.waiting ?? false,
    attempts: row.attempts,
    time: row.at.toISOString(),
    graphRequestId: row.requestId,
    planId: row.plan,
  };
};
