import { searchedAs, type ReportedMember } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { MemberChanges } from '../project/member-changes.js';
import type { KnownMember } from '../project/follow-members.js';
import type { MemberFilter } from '../show/members.contract.js';

/**
 * State of a member, as the writer reports it: pending, applied, failed, held. A row goes when it is reported as removed, or when a whole
 * snapshot does not name it.
 */

/**
 * The member `m` of the target $1 with the key that is `given`. Each is found by its key: of all keys at once the planner, which takes the
 * target for a small one, compares every member with them.
 */
const BY_KEY = `cross join lateral (select *, k.ctid as place from member k where k.target_no = $1 and k.key = given.key limit 1) m`;

/** Applies changes to the members of a target, of which those with `stored` keys are there; rows that say the same already are not written. */
export const applyMemberChanges = async (
  tx: Queryable,
  no: number,
  changes: MemberChanges,
  stored: ReadonlySet<string>,
): Promise<void> => {
  const { writes } = changes;
  const releases = [...changes.releases].filter(([key]) => stored.has(key));
  const deletes = [...changes.deletes].filter((key) => stored.has(key));
  if (releases.length > 0) await releaseMembers(tx, no, releases);
  if (deletes.length > 0) await deleteMembers(tx, no, deletes);
  if (writes.size > 0) await writeMembers(tx, no, changes);
};

const releaseMembers = (
  tx: Queryable,
  no: number,
  releases: readonly (readonly [key: string, objects: ReadonlySet<string | null>])[],
): Promise<unknown> => {
  const released = releases.flatMap(([key, objects]) => [...objects].map((object) => ({ key, object })));
  return tx.query(
    `delete from member where ctid = any (array(
       select m.place from unnest($2::text[], $3::text[]) as given (key, object) ${BY_KEY}
       where m.object is null or m.object is not distinct from given.object))`,
    [no, released.map(({ key }) => key), released.map(({ object }) => object)],
  );
};

const deleteMembers = (tx: Queryable, no: number, keys: readonly string[]): Promise<unknown> =>
  tx.query(
    `delete from member where ctid = any (array(select m.place from unnest($2::text[]) as given (key) ${BY_KEY}))`,
    [no, keys],
  );

const writeMembers = (tx: Queryable, no: number, { writes }: MemberChanges): Promise<unknown> => {
  const rows = [...writes.values()];
  return tx.query(
    `insert into member as m (target_no, key, resource, object, name, state, wanted, code, message, attempts, request_id, plan, at, sort, unmanaged,
       object_type, client_request_id)
     select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::text[],
       $10::integer[], $11::text[], $12::text[], $13::timestamptz[], $14::text[], $15::boolean[], $16::text[], $17::text[])
     on conflict (target_no, key) do update set resource = excluded.resource, object = excluded.object, name = excluded.name, sort = excluded.sort,
       state = excluded.state, wanted = excluded.wanted, code = excluded.code, message = excluded.message,
       attempts = excluded.attempts, request_id = excluded.request_id, plan = excluded.plan, at = excluded.at,
       unmanaged = excluded.unmanaged, object_type = excluded.object_type, client_request_id = excluded.client_request_id
     where (m.object, m.state, m.wanted, m.code, m.attempts, m.request_id, m.plan, m.name, m.message, m.resource,
         m.unmanaged, m.object_type, m.client_request_id) is distinct from
       (excluded.object, excluded.state, excluded.wanted, excluded.code, excluded.attempts, excluded.request_id, excluded.plan,
        excluded.name, excluded.message, excluded.resource, excluded.unmanaged, excluded.object_type, excluded.client_request_id)`,
    [
      no,
      rows.map((row) => row.key),
      rows.map((row) => row.resource),
      rows.map((row) => row.object),
      rows.map((row) => row.name),
      rows.map((row) => row.state),
      rows.map((row) => row.wanted),
      rows.map((row) => row.code),
      rows.map((row) => row.message),
      rows.map((row) => row.attempts),
      rows.map((row) => row.request_id),
      rows.map((row) => row.plan),
      rows.map((row) => row.at),
      rows.map((row) => row.name.toLowerCase()),
      rows.map((row) => row.unmanaged),
      rows.map((row) => row.object_type),
      rows.map((row) => row.client_request_id),
    ],
  );
};

/** What is known of the members with these keys. */
export const knownMembers = async (
  tx: Queryable,
  no: number,
  keys: readonly string[],
): Promise<Map<string, KnownMember>> => {
  const rows = await tx.query<KnownMember & { key: string }>(
    `select m.key, m.wanted, m.state, m.object, m.code from unnest($2::text[]) as given (key) ${BY_KEY}`,
    [no, [...new Set(keys)]],
  );
  return new Map(rows.map(({ key, ...known }) => [key, known]));
};

/** Remembers what one part of a snapshot of all members named. */
export const addSnapshotPart = (tx: Queryable, no: number, part: number, keys: readonly string[]): Promise<unknown> =>
  tx.query(
    `insert into snapshot_part (target_no, part, keys) values ($1, $2, $3)
     on conflict (target_no, part) do update set keys = excluded.keys`,
    [no, part, keys],
  );

export const dropSnapshot = (tx: Queryable, no: number): Promise<unknown> =>
  tx.query('delete from snapshot_part where target_no = $1', [no]);

/** The snapshot is whole: what no part named is gone. */
export const closeSnapshot = async (tx: Queryable, no: number): Promise<void> => {
  // the planner cannot know how many were named, and must not compare each member with each of them
  await tx.query('set local enable_nestloop = off');
  await tx.query(
    `with named as materialized (select unnest(keys) as key from snapshot_part where target_no = $1)
     delete from member m where m.target_no = $1 and not exists (select from named where named.key = m.key)`,
    [no],
  );
  await tx.query('set local enable_nestloop = on');
  await dropSnapshot(tx, no);
};

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
  clientRequestId: string | null;
  plan: string | null;
  at: Date;
  sort: string;
  unmanaged: boolean;
  objectType: string | null;
}

/** @param m the alias of the table */
export const memberColumns = (m: string): string =>
  `${m}.key, ${m}.resource, ${m}.object, ${m}.name, ${m}.state, ${m}.wanted, ${m}.code, ${m}.message, ${m}.attempts,
   ${m}.request_id as "requestId", ${m}.plan, ${m}.at, ${m}.sort, ${m}.unmanaged, ${m}.object_type as "objectType",
   ${m}.client_request_id as "clientRequestId"`;

const COLUMNS = memberColumns('member');

/** How many members have each state and reason; counted by the triggers, so nothing is read of the members themselves. */
export const countMembersOf = (db: Queryable, target: string): Promise<(ReportedMember & { members: number })[]> =>
  db.query(
    `select n.wanted, n.state, n.code, n.n as members from member_count n join target t on t.no = n.target_no
     where t.target = $1 and n.n <> 0 order by n.wanted desc, n.state, n.code`,
    [target],
  );

/** The members after a position, by name; one more than the page has. */
export const pageOfMembers = (
  db: Queryable,
  no: number,
  filter: Omit<MemberFilter, 'cursor' | 'state'> & { readonly reported?: readonly ReportedMember[] },
  position: readonly (string | number | null)[] | undefined,
): Promise<MemberRow[]> => {
  const direction = filter.order === 'asc' ? 'asc' : 'desc';
  const after = filter.order === 'asc' ? '>' : '<';
  const params: unknown[] = [no];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const where = ['target_no = $1'];
  if (filter.reported) {
    const states = param(filter.reported.map(({ state }) => state));
    where.push(`state = any (${states}::text[]) and (wanted, state, coalesce(code, '')) in
      (select * from unnest(${param(filter.reported.map(({ wanted }) => wanted))}::boolean[], ${states}::text[],
        ${param(filter.reported.map(({ code }) => code))}::text[]))`);
  }
  if (filter.reason) where.push(`code = ${param(filter.reason)}`);
  if (filter.unmanaged !== undefined) where.push(filter.unmanaged ? 'unmanaged' : 'not unmanaged');
  if (filter.planId) where.push(`plan = ${param(filter.planId)}`);
  const begins = searchedAs(filter.search ?? '').map(
    (text) => `sort like ${param(`${escapeLike(text.toLowerCase())}%`)}`,
  );
  if (begins.length > 0) where.push(`(${begins.join(' or ')})`);
  if (position) where.push(`(sort, key) ${after} (${param(position[0])}, ${param(position[1])})`);
  return db.query<MemberRow>(
    `select ${COLUMNS} from member where ${where.join(' and ')}
     order by sort ${direction}, key ${direction} limit ${param(filter.limit + 1)}`,
    params,
  );
};

export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** Names may fit several. */
const MOST = 10;

export const findMembers = (
  db: Queryable,
  no: number,
  { resource, name, object }: { resource?: number; name?: string; object?: string },
): Promise<MemberRow[]> => {
  const find = (where: string, value: string | number): Promise<MemberRow[]> =>
    db.query<MemberRow>(
      `select ${COLUMNS} from member where target_no = $1 and ${where} order by wanted desc, key limit ${MOST}`,
      [no, value],
    );
  if (name !== undefined) return find('sort = $2', name.toLowerCase());
  if (object !== undefined) return find('object = $2', object);
  return find('(key = $2::bigint::text or (resource = $2 and not wanted))', resource ?? 0);
};

/** Members of mappings that were deleted; true while there are more. */
export const deleteMembersOfDeleted = async (db: Queryable, limit: number): Promise<boolean> => {
  const deleted = await db.execute(
    `delete from member where (target_no, key) in (
       select target_no, key from member where target_no = any (
         array(select t.no from target t join mapping m using (target) where m.state = 'deleted')) limit $1)`,
    [limit],
  );
  return deleted >= limit;
};
