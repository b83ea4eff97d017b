import { CHUNK_MEMBERS, type MemberOutcome } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { confirmed, perhapsThere } from './entry-states.js';
import { START } from './pending.js';

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

/** An unwanted object `e`: its resource is named only if that has no other object meanwhile. */
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
const membersOf = (object: string): string =>
  `lateral (select * from member k where k.target = $1 and k.object = ${object} order by k.resource offset 0) m`;
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

/** A page of outcomes begins after the last one of the page before. */
export type After = Pick<MemberOutcome, 'resource' | 'object'>;

interface Query {
  readonly sql: string;
  readonly params: (target: number, limit: number, after: After | undefined) => unknown[];
}

const byResource: Query['params'] = (target, limit, after) => [target, limit, after?.resource ?? -1];
const byObject: Query['params'] = (target, limit, after) => [target, limit, after?.object ?? START];

const PAGES = {
  /** all members */
  members: {
    sql: `select ${WANTED} from member m left join ${entryOf('m.object')} on true
      where m.target = $1 and m.resource > $3 order by m.resource limit $2`,
    params: byResource,
  },
  /** all objects that are there, or may be, and not wanted */
  unwanted: {
    sql: `select ${UNWANTED} from entry e
      where e.target = $1 and not e.wanted and ${perhapsThere('e')} and e.object > $3 order by e.object limit $2`,
    params: byObject,
  },
  /** members that the chunks being merged name */
  incoming: {
    sql: `select ${WANTED} from incoming i cross join ${memberOf('i.resource')}
      left join ${entryOf('m.object')} on true
      where i.resource > $3 order by i.resource limit $2`,
    params: byResource,
  },
  /** resources that left by the delta being merged without taking an object of their own away: never resolved, or shared */
  leaving: {
    sql: `select resource, null::uuid as object, '' as name, 'removed' as state, false as wanted, false as unmanaged,
        null::text as "objectType", null::text as code, null::text as message, 0 as attempts, null::text as "requestId",
        null::text as "clientRequestId", null::uuid as plan, clock_timestamp() as at
      from leaving where resource > $2 order by resource limit $1`,
    params: (_target, limit, after) => [limit, after?.resource ?? -1],
  },
  /** objects whose desired state changed to unwanted in this transaction; those that were never there are removed */
  unwantedNow: {
    sql: `select ${UNWANTED} from touched t cross join ${entryOf('t.object')}
      where t.flip = 'unwanted' and t.object > $3 order by t.object limit $2`,
    params: byObject,
  },
  /** members whose objects were touched in this transaction, by objects and resources */
  touchedMembers: {
    sql: `select ${WANTED} from touched t
      cross join ${membersOf('t.object')}
      cross join ${entryOf('t.object')}
      where t.object >= $3 and (t.object, m.resource) > ($3, $4) order by t.object, m.resource limit $2`,
    params: (target, limit, after) => [target, limit, after?.object ?? START, after?.resource ?? -1],
  },
  /** objects that were touched in this transaction and that nobody wants */
  touchedUnwanted: {
    sql: `select ${UNWANTED} from touched t cross join ${entryOf('t.object')}
      where not e.wanted and t.object > $3 order by t.object limit $2`,
    params: byObject,
  },
} satisfies Record<string, Query>;

/** Outcomes that are read in pages, in order of their resources or objects. */
export type Selection = keyof typeof PAGES | { readonly plan: string };

const queryOf = (selection: Selection): Query =>
  typeof selection === 'string'
    ? PAGES[selection]
    : {
        sql: `select ${UNWANTED} from entry e
          where e.target = $1 and e.object > $3 and e.plan = $4 order by e.object limit $2`,
        params: (...page) => [...byObject(...page), selection.plan],
      };

export const outcomesOf = async (
  db: Queryable,
  target: number,
  selection: Selection,
  after?: After,
  limit = CHUNK_MEMBERS,
): Promise<MemberOutcome[]> => {
  const { sql, params } = queryOf(selection);
  return (await db.query<OutcomeRow>(sql, params(target, limit, after))).map(outcomeOf);
};

/** What became of objects just changed, at once. */
export const outcomesOfObjects = async (
  db: Queryable,
  target: number,
  objects: readonly string[],
): Promise<MemberOutcome[]> =>
  (
    await db.query<OutcomeRow>(
      `select ${WANTED} from unnest($2::uuid[]) as o (object) cross join ${membersOf('o.object')} cross join ${entryOf('o.object')}
       union all
       select ${UNWANTED} from entry e where e.target = $1 and e.object = any ($2::uuid[]) and not e.wanted`,
      [target, objects],
    )
  ).map(outcomeOf);
