import type { GuardVerdict, ReadProof, RunCounts, RunKind } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { z } from 'zod';
import { isoOrNull } from '../http/fields.js';
import type { runAnswer, RunFilter } from './runs.contract.js';

export interface RunRow {
  id: string;
  target: string;
  collection: string;
  kind: RunKind;
  trigger: string | null;
  state: 'running' | 'completed' | 'failed' | 'cancelled';
  startedAt: Date;
  endedAt: Date | null;
  durationSeconds: number;
  adds: number | null;
  removes: number | null;
  guard: GuardVerdict | null;
  counts: RunCounts | null;
  members: number | null;
  failure: { code: string; message: string; advice: string } | null;
  why: string | null;
  proof: ReadProof | null;
  readAt: Date | null;
}

const COLUMNS = `id, target, collection, kind, trigger, state, started_at as "startedAt", ended_at as "endedAt",
  greatest(0, extract(epoch from coalesce(ended_at, now()) - started_at))::float8 as "durationSeconds", adds, removes, guard, counts,
  members, failure, why, proof, read_at as "readAt"`;

export const pageOfRuns = (
  on: Queryable,
  filter: RunFilter,
  target: string | undefined,
  place: readonly (string | number | null)[] | undefined,
): Promise<RunRow[]> => {
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const where = ['true'];
  if (target) where.push(`target = ${param(target)}`);
  else if (filter.tenantId) where.push(`target like ${param(`${filter.tenantId}/%`)}`);
  if (filter.collectionId) where.push(`collection = ${param(filter.collectionId)}`);
  if (filter.state) where.push(`state = ${param(filter.state)}`);
  if (filter.kind) where.push(`kind = ${param(filter.kind)}`);
  if (place) where.push(`(started_at, id) < (${param(place[0])}::timestamptz, ${param(place[1])}::uuid)`);
  return on.query<RunRow>(
    `select ${COLUMNS} from run where ${where.join(' and ')} order by started_at desc, id desc limit ${param(filter.limit + 1)}`,
    params,
  );
};

export const findRun = async (on: Queryable, id: string): Promise<RunRow | undefined> =>
  (await on.query<RunRow>(`select ${COLUMNS} from run where id = $1`, [id]))[0];

export const timelineOf = (
  on: Queryable,
  run: string,
): Promise<{ at: Date; event: string; producer: string; traceId: string | null; detail: Record<string, unknown> }[]> =>
  on.query(
    `select at, event, producer, body->>'trace' as "traceId", body - array['kind', 'trace'] as detail from run_event
     where run = $1 or (target, number) in (
       select r.target, max(e.number) from run r join run_event e on e.target = r.target and e.producer = 'writer' and e.event = 'merged'
         and e.number < (select min(number) from run_event where run = $1)
       where r.id = $1 group by r.target)
     order by number`,
    [run],
  );

export const toRunAnswer = (row: RunRow): z.input<typeof runAnswer> => ({
  id: row.id,
  target: row.target,
  collectionId: row.collection,
  kind: row.kind,
  trigger: row.trigger,
  state: row.state,
  startedAt: row.startedAt.toISOString(),
  endedAt: isoOrNull(row.endedAt),
  durationSeconds: row.durationSeconds,
  adds: row.adds,
  removes: row.removes,
  counts: row.counts,
  members: row.members,
  guard: row.guard,
  proof: row.proof,
  readAt: isoOrNull(row.readAt),
  failure: row.failure,
  why: row.why,
});
