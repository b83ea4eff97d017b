import { searchedAs, type ListedCollectionType, type StatusWord } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope } from './in-scope.js';
import type { CollectionStateWord } from './collection-problem.js';
import type { CollectionFilter, Sort } from '../show/collections.contract.js';

/** What stopped a target as a whole. */
export interface Problem {
  code: string;
  message: string;
  advice?: string;
  at?: string;
}

export interface OverviewRow {
  collection: string;
  target: string;
  tenant: string | null;
  groupId: string | null;
  groupName: string | null;
  name: string;
  type: ListedCollectionType;
  word: StatusWord | null;
  memberCount: number;
  completed: number;
  inProgress: number;
  waiting: number;
  failed: number;
  held: number;
  removing: number;
  kept: number;
  excluded: number;
  problem: Problem | null;
  collectionState: CollectionStateWord | null;
  lastFullMembers: number | null;
  lastFullStatus: StatusWord | null;
  lastFullAt: Date | null;
  lastSyncMembers: number | null;
  lastSyncStatus: StatusWord | null;
  lastSyncAt: Date | null;
  checkedAt: Date | null;
  capturedAt: Date | null;
  mergedAt: Date | null;
  appliedAt: Date | null;
  sortedBy: string | number;
}

/** A site that answers checks every collection that it lists, whether or not one changed. */
const CHECKED = 'greatest(o.checked_at, case when s.checked_at <= now() then s.checked_at end)';
const STALE = `(o.stale_after is not null and not o.urgent and ${CHECKED} + o.stale_after < now())`;
/** A directory that refuses the application lets nothing go on. */
const REFUSED = `(o.word = 'In Progress' and d.code in ('GRAPH_SIGN_IN_REFUSED', 'GRAPH_PERMISSION_MISSING'))`;
const WORD = `case when ${REFUSED} then 'Failed' when ${STALE} then 'Stale' else o.word end`;
const PROBLEM = `coalesce(o.problem, case when ${REFUSED}
  then jsonb_build_object('code', d.code, 'message', d.reason, 'at', d.since) end)`;

const COLUMNS = `o.collection, o.target, o.tenant, o.group_id as "groupId", o.group_name as "groupName", o.collection_name as name,
  o.collection_type as type, ${WORD} as word, o.member_count as "memberCount", o.completed, o.in_progress as "inProgress", coalesce(o.waiting, 0) as waiting,
  o.failed, o.held, coalesce(o.removing, 0) as removing, coalesce(o.kept, 0) as kept, ${PROBLEM} as problem, o.collection_state as "collectionState", o.left_out as excluded, o.last_full_members as "lastFullMembers", o.last_full_status as "lastFullStatus",
  o.last_full_at as "lastFullAt", o.last_sync_members as "lastSyncMembers", o.last_sync_status as "lastSyncStatus",
  o.last_sync_at as "lastSyncAt", ${CHECKED} as "checkedAt", o.captured_at as "capturedAt", o.merged_at as "mergedAt",
  o.applied_at as "appliedAt"`;

const FROM = `overview o left join upstream s on s.kind = 'site' and s.name = o.site and s.state = 'ready'
  left join upstream d on d.kind = 'directory' and d.name = o.tenant and d.state = 'unavailable'`;

const EPOCH = "'1970-01-01Z'::timestamptz";
const millis = (column: string): string =>
  `(extract(epoch from coalesce(${column}, ${EPOCH}) at time zone 'UTC') * 1000)::bigint`;

/** Expressions of the indexes; a status depends on the time of the look and has none. */
const SORTED: Readonly<Record<Sort, { by: string; kind: 'string' | 'number' }>> = {
  collectionName: { by: 'o.collection_sort', kind: 'string' },
  collectionId: { by: 'o.collection', kind: 'string' },
  groupName: { by: 'o.group_sort', kind: 'string' },
  cloudSyncStatus: { by: `coalesce(${WORD}, '')`, kind: 'string' },
  memberCount: { by: 'o.member_count', kind: 'number' },
  syncCompleted: { by: 'o.completed', kind: 'number' },
  syncInProgress: { by: 'o.in_progress', kind: 'number' },
  syncWaiting: { by: 'coalesce(o.waiting, 0)', kind: 'number' },
  syncFailed: { by: 'o.failed', kind: 'number' },
  syncHeld: { by: 'o.held', kind: 'number' },
  lastSyncTime: { by: millis('o.last_sync_at'), kind: 'number' },
  lastFullSyncTime: { by: millis('o.last_full_at'), kind: 'number' },
};

export const cursorKinds = (sort: Sort): ('string' | 'number')[] => [SORTED[sort].kind, 'string', 'string'];

/** The rows after a position, in the order asked for; one more than the page has. */
export const pageOfOverview = (
  db: Queryable,
  scope: string | null,
  filter: CollectionFilter,
  position: readonly (string | number | null)[] | undefined,
): Promise<OverviewRow[]> => {
  const { by, kind } = SORTED[filter.sort];
  const direction = filter.order === 'asc' ? 'asc' : 'desc';
  const after = filter.order === 'asc' ? '>' : '<';
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const where = [inScope(param(scope), 'o.tenant', 'o.collection')];
  if (position) {
    const type = kind === 'number' ? 'bigint' : 'text';
    where.push(
      `(${by}, o.collection, o.target) ${after} (${param(position[0])}::${type}, ${param(position[1])}, ${param(position[2])})`,
    );
  }
  if (filter.mapped !== undefined) where.push(filter.mapped ? `o.target <> ''` : `o.target = ''`);
  if (filter.type) where.push(`o.collection_type = ${param(filter.type.toLowerCase())}`);
  if (filter.tenantId) where.push(`o.tenant = ${param(filter.tenantId)}`);
  if (filter.collectionId) where.push(`o.collection = ${param(filter.collectionId)}`);
  if (filter.status) where.push(`${WORD} = ${param(filter.status)}`);
  const [search] = searchedAs(filter.search ?? '');
  if (search !== undefined) {
    const part = param(search.toLowerCase());
    const columns = ['o.collection_sort', 'lower(o.collection)', 'o.group_sort', "coalesce(o.group_id, '')"];
    where.push(`(${columns.map((column) => `position(${part} in ${column}) > 0`).join(' or ')})`);
  }
  const begin = filter.startsWith?.trim().toLowerCase();
  if (begin) {
    const text = param(begin);
    where.push(`(starts_with(o.collection_sort, ${text}) or starts_with(lower(o.collection), ${text}))`);
  }
  return db.query<OverviewRow>(
    `select ${COLUMNS}, ${by} as "sortedBy" from ${FROM} where ${where.join(' and ')}
     order by ${by} ${direction}, o.collection ${direction}, o.target ${direction} limit ${param(filter.limit + 1)}`,
    params,
  );
};

export const overviewOfCollection = (db: Queryable, scope: string | null, collection: string): Promise<OverviewRow[]> =>
  db.query<OverviewRow>(
    `select ${COLUMNS}, 0 as "sortedBy" from ${FROM}
     where o.collection = $2 and o.target <> '' and ${inScope('$1', 'o.tenant', 'o.collection')} order by o.target`,
    [scope, collection],
  );

export const overviewOfTarget = async (db: Queryable, target: string): Promise<OverviewRow | undefined> =>
  (await db.query<OverviewRow>(`select ${COLUMNS}, 0 as "sortedBy" from ${FROM} where o.target = $1`, [target]))[0];

export interface WordCount {
  word: StatusWord;
  targets: number;
  completed: number;
  inProgress: number;
  waiting: number;
  failed: number;
  held: number;
}

export const countByWord = (db: Queryable, scope: string | null): Promise<WordCount[]> =>
  db.query<WordCount>(
    `select ${WORD} as word, count(*) as targets, sum(completed)::bigint as completed, sum(in_progress)::bigint as "inProgress",
       sum(coalesce(waiting, 0))::bigint as waiting, sum(failed)::bigint as failed, sum(held)::bigint as held
     from ${FROM} where o.target <> '' and ${inScope('$1', 'o.tenant', 'o.collection')} group by 1`,
    [scope],
  );
