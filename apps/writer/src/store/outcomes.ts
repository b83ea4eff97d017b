import type { MemberOutcome } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { confirmed, pending, perhapsThere } from './entry-states.js';

interface OutcomeRow {
  resource: number | null;
  object: string | null;
  name: string;
  state: MemberOutcome['state'];
  wanted: boolean;
  unmanaged: boolean;
  objectType: string | null;
  code: string | null;
  message: string | null;
  attempts: number;
  requestId: string | null;
  clientRequestId: string | null;
  plan: string | null;
  at: Date;
}

/** A row of the outcomes that follow: a wanted member `m` with its entry `e`, if it has one. */
const WANTED = `m.resource, m.object, m.name,
  case when m.object is null then 'failed' when ${confirmed('e')} then 'applied' when e.code is not null then 'failed' else 'pending' end as state,
  true as wanted, false as unmanaged, null::text as "objectType",
  case when m.object is null then coalesce(m.reason, 'NoEntraRecord') when ${confirmed('e')} then null else e.code end as code,
  case when ${confirmed('e')} then null else e.message end as message, coalesce(e.attempts, 0) as attempts, e.request_id as "requestId", e.client_request_id as "clientRequestId",
  null::uuid as plan, coalesce(e.written_at, e.failed_at, clock_timestamp()) as at`;

/** An unwanted object `e`: its resource is told only if that has no other object meanwhile. */
const UNWANTED = `case when exists (select 1 from member o where o.target = e.target and o.resource = e.resource) then null else e.resource end
    as resource,
  e.object, coalesce(e.name, '') as name,
  case when not ${perhapsThere('e')} then 'removed' when e.plan is not null then 'held'
    when e.code is not null then 'failed' else 'pending' end as state,
  false as wanted, e.unmanaged as unmanaged, e.object_type as "objectType", e.code, e.message, e.attempts, e.request_id as "requestId", e.client_request_id as "clientRequestId", e.plan,
  coalesce(e.failed_at, e.written_at, clock_timestamp()) as at`;

/** By key, for each row before it; see merging.ts. */
const entryOf = (object: string): string =>
  `lateral (select * from entry k where k.target = $1 and k.object = ${object} limit 1) e`;
const memberOf = (resource: string): string =>
  `lateral (select * from member k where k.target = $1 and k.resource = ${resource} limit 1) m`;

const outcomeOf = (row: OutcomeRow): MemberOutcome => ({
  resource: row.resource,
  object: row.object,
  name: row.name,
  state: row.state,
  wanted: row.wanted,
  ...(row.unmanaged ? { unmanaged: true } : {}),
  ...(row.objectType === null ? {} : { objectType: row.objectType }),
  ...(row.code === null ? {} : { code: row.code as MemberOutcome['code'] }),
  ...(row.message ? { message: row.message } : {}),
  attempts: row.attempts,
  ...(row.requestId === null ? {} : { requestId: row.requestId }),
  ...(row.clientRequestId === null ? {} : { clientRequestId: row.clientRequestId }),
  ...(row.plan === null ? {} : { plan: row.plan }),
  at: row.at.toISOString(),
});

/** What became of objects just settled or changed. */
export const outcomesOfObjects = async (
  db: Queryable,
  target: number,
  objects: readonly string[],
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${WANTED} from member m cross join ${entryOf('m.object')}
       where m.target = $1 and m.object = any ($2::uuid[])
       union all
       select ${UNWANTED} from entry e where e.target = $1 and e.object = any ($2::uuid[]) and not e.wanted`,
      [target, objects],
    )
  ).map(outcomeOf);

/** All members, in order of their resources. */
export const outcomesOfMembers = async (
  db: Queryable,
  target: number,
  after: number,
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${WANTED} from member m left join ${entryOf('m.object')} on true
       where m.target = $1 and m.resource > $2 order by m.resource limit $3`,
      [target, after, limit],
    )
  ).map(outcomeOf);

/** All objects that are there, or may be, and not wanted; in order of the objects. */
export const outcomesOfUnwanted = async (
  db: Queryable,
  target: number,
  after: string,
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${UNWANTED} from entry e
       where e.target = $1 and not e.wanted and ${perhapsThere('e')} and e.object > $2 order by e.object limit $3`,
      [target, after, limit],
    )
  ).map(outcomeOf);

/** Members that the chunks being merged name, in order of their resources. */
export const outcomesOfIncoming = async (
  db: Queryable,
  target: number,
  after: number,
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${WANTED} from incoming i cross join ${memberOf('i.resource')}
       left join ${entryOf('m.object')} on true
       where i.resource > $2 order by i.resource limit $3`,
      [target, after, limit],
    )
  ).map(outcomeOf);

/** Objects whose desired state changed to unwanted in this transaction; those that were never there are removed. */
export const outcomesOfTouched = async (
  db: Queryable,
  target: number,
  after: string,
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${UNWANTED} from touched t cross join ${entryOf('t.object')}
       where t.flip = 'unwanted' and t.object > $2 order by t.object limit $3`,
      [target, after, limit],
    )
  ).map(outcomeOf);

/** Members whose objects were touched in this transaction, in order of objects and resources. */
export const outcomesOfTouchedMembers = async (
  db: Queryable,
  target: number,
  after: { object: string; resource: number },
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${WANTED} from touched t
       cross join lateral (select * from member k where k.target = $1 and k.object = t.object order by k.resource offset 0) m
       cross join ${entryOf('t.object')}
       where t.object >= $2 and (t.object, m.resource) > ($2, $3) order by t.object, m.resource limit $4`,
      [target, after.object, after.resource, limit],
    )
  ).map(outcomeOf);

/** Objects that nobody wants and that were touched, in order. */
export const outcomesOfTouchedUnwanted = async (
  db: Queryable,
  target: number,
  after: string,
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${UNWANTED} from touched t cross join ${entryOf('t.object')}
       where not e.wanted and t.object > $2 order by t.object limit $3`,
      [target, after, limit],
    )
  ).map(outcomeOf);

/** Resources that left by the delta being merged without taking an object of their own away: never resolved, or shared. */
export const outcomesOfLeaving = async (db: Queryable, after: number, limit: number): Promise<MemberOutcome[]> =>
  (
    await db.query<{ resource: number; at: Date }>(
      `select resource, clock_timestamp() as at from leaving where resource > $1 order by resource limit $2`,
      [after, limit],
    )
  ).map(({ resource, at }) => ({
    resource,
    object: null,
    name: '',
    state: 'removed' as const,
    wanted: false,
    attempts: 0,
    at: at.toISOString(),
  }));

/** Objects of a plan, in order. */
export const outcomesOfPlan = async (
  db: Queryable,
  target: number,
  plan: string,
  after: string,
  limit: number,
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${UNWANTED} from entry e where e.target = $1 and e.plan = $2 and e.object > $3 order by e.object limit $4`,
      [target, plan, after, limit],
    )
  ).map(outcomeOf);

/** Every desired change that could not be done, in order of the objects. */
export const outcomesOfPending = async (
  db: Queryable,
  target: number,
  after: string,
  limit: number,
): Promise<{ object: string }[]> =>
  db.query<{ object: string }>(
    `select object from entry where target = $1 and ${pending()} and object > $2
     order by object limit $3`,
    [target, after, limit],
  );
