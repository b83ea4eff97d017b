import {
  storableJson,
  type Policy,
  type ReportedMember,
  type ReadProof,
  type Schedule,
  type ServingFailure,
  type StatusWord,
} from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { CollectionStateWord } from './collection-problem.js';
import { SUCCESSORS } from './collections.js';

/** Transactions of different topics take turns. */
export const lockCollections = (tx: Queryable, ids: readonly string[]): Promise<unknown> =>
  tx.query(
    `select pg_advisory_xact_lock(hashtextextended('overview ' || id, 0))
     from (select id from unnest($1::text[]) as given (id) order by id) sorted`,
    [ids],
  );

/** What the row of a target is made of. Everything after `target` is null for a collection without one. */
export interface Facts {
  collection: string;
  now: Date;
  collectionState: 'ok' | 'incomplete' | 'missing' | null;
  collectionFailure: ServingFailure | null;
  /** what has taken the name of a collection that is missing */
  successors: string[];
  site: string | null;
  collectionName: string;
  collectionType: string;
  count: number;
  checkedAt: Date | null;
  lastRead: ReadProof | null;
  lastComplete: ReadProof | null;
  capturedVersion: number;
  target: string | null;
  tenant: string | null;
  groupId: string | null;
  groupName: string | null;
  state: 'active' | 'paused' | 'deleting' | null;
  policy: Policy | null;
  schedule: Schedule | null;
  activated: number;
  resultCollection: string | null;
  resultActivated: number;
  resultMerged: number;
  mergedCollection: string | null;
  mergedActivated: number;
  mergedVersion: number;
  mergedNumber: number;
  mergedPending: number;
  mergedAt: Date | null;
  run: string | null;
  runKind: string | null;
  endedNumber: number;
  endedActivated: number;
  runFailure: object | null;
  /** what the writer cannot do beside runs */
  writerFailure: object | null;
  /** what a look at the group found */
  groupProblem: object | null;
  endedKind: string | null;
  endedAt: Date | null;
  appliedAt: Date | null;
  counts: (ReportedMember & { n: number })[];
  lastFullMembers: number | null;
  lastFullStatus: string | null;
  lastFullAt: Date | null;
  lastSyncMembers: number | null;
  lastSyncStatus: string | null;
  lastSyncAt: Date | null;
}

export const readFacts = (tx: Queryable, ids: readonly string[]): Promise<Facts[]> =>
  tx.query<Facts>(
    `select given.id as collection, clock_timestamp() as now, c.state as "collectionState",
       c.failure as "collectionFailure", ${SUCCESSORS} as successors, c.site, coalesce(c.name, m.collection_name, '') as "collectionName",
       coalesce(c.type, m.collection_type, 'device') as "collectionType", coalesce(c.count, 0) as count,
       c.checked_at as "checkedAt", c.last_read as "lastRead", c.last_complete as "lastComplete",
       coalesce(c.version, 0) as "capturedVersion",
       m.target, m.tenant, m.group_id as "groupId", m.group_name as "groupName", m.state, m.policy, m.schedule,
       coalesce(m.activated, 0) as activated,
       t.result_collection as "resultCollection", coalesce(t.result_activated, 0) as "resultActivated", coalesce(t.result_merged, 0) as "resultMerged",
       t.merged_collection as "mergedCollection", coalesce(t.merged_activated, 0) as "mergedActivated",
       coalesce(t.merged_version, 0) as "mergedVersion", coalesce(t.merged_number, 0) as "mergedNumber",
       coalesce(t.merged_pending, 0) as "mergedPending", t.merged_at as "mergedAt", t.run, t.run_kind as "runKind",
       coalesce(t.ended_number, 0) as "endedNumber", coalesce(t.ended_activated, 0) as "endedActivated",
       t.group_failure as "runFailure", g.problem as "groupProblem", t.writer_failure as "writerFailure", t.ended_kind as "endedKind", t.ended_at as "endedAt", t.applied_at as "appliedAt",
       coalesce((select jsonb_agg(jsonb_build_object('wanted', wanted, 'state', state, 'code', code, 'n', n))
         from member_count n where n.target_no = t.no and n.n <> 0), '[]') as counts,
       o.last_full_members as "lastFullMembers", o.last_full_status as "lastFullStatus", o.last_full_at as "lastFullAt",
       o.last_sync_members as "lastSyncMembers", o.last_sync_status as "lastSyncStatus", o.last_sync_at as "lastSyncAt"
     from unnest($1::text[]) as given (id)
     left join collection c on c.collection = given.id
     left join mapping m on m.collection = given.id and m.state <> 'deleted'
     left join target t on t.target = m.target
     left join group_check g on g.target = m.target
     left join overview o on o.collection = given.id and o.target = coalesce(m.target, '')
     where c.collection is not null or m.target is not null`,
    [ids],
  );

export interface WrittenRow {
  collection: string;
  target: string;
  tenant: string | null;
  group_id: string | null;
  group_name: string | null;
  group_sort: string;
  collection_name: string;
  collection_sort: string;
  collection_type: string;
  word: StatusWord | null;
  urgent: boolean;
  checked_at: Date | string | null;
  stale_after: string | null;
  site: string | null;
  member_count: number;
  completed: number;
  in_progress: number;
  waiting: number;
  failed: number;
  held: number;
  removing: number;
  kept: number;
  left_out: number;
  last_full_members: number | null;
  last_full_status: string | null;
  last_full_at: Date | string | null;
  last_sync_members: number | null;
  last_sync_status: string | null;
  last_sync_at: Date | string | null;
  captured_at: string | null;
  merged_at: Date | null;
  applied_at: Date | null;
  problem: object | null;
  collection_state: CollectionStateWord | null;
}

export const deleteOverview = (tx: Queryable, ids: readonly string[], rows: readonly WrittenRow[]): Promise<unknown> =>
  tx.query(
    `delete from overview o where o.collection = any ($1::text[]) and not exists (
       select from unnest($2::text[], $3::text[]) as kept (collection, target)
       where kept.collection = o.collection and kept.target = o.target)`,
    [ids, rows.map(({ collection }) => collection), rows.map(({ target }) => target)],
  );

export const writeOverview = (tx: Queryable, rows: readonly WrittenRow[]): Promise<unknown> =>
  tx.query(
    `insert into overview as o select * from jsonb_populate_recordset(null::overview, $1::jsonb)
     on conflict (collection, target) do update set (tenant, group_id, group_name, group_sort, collection_name, collection_sort, collection_type, word, urgent,
       checked_at, stale_after, site, member_count, completed, in_progress, waiting, failed, held, removing, kept, left_out, last_full_members,
       last_full_status, last_full_at, last_sync_members, last_sync_status, last_sync_at, captured_at, merged_at, applied_at, problem, collection_state)
     = (excluded.tenant, excluded.group_id, excluded.group_name, excluded.group_sort, excluded.collection_name, excluded.collection_sort,
       excluded.collection_type, excluded.word,
       excluded.urgent, excluded.checked_at, excluded.stale_after, excluded.site, excluded.member_count, excluded.completed,
       excluded.in_progress, excluded.waiting, excluded.failed, excluded.held, excluded.removing, excluded.kept, excluded.left_out, excluded.last_full_members,
       excluded.last_full_status, excluded.last_full_at, excluded.last_sync_members, excluded.last_sync_status,
       excluded.last_sync_at, excluded.captured_at, excluded.merged_at, excluded.applied_at, excluded.problem,
       excluded.collection_state)
     where (o.*) is distinct from (excluded.*)`,
    [storableJson(rows)],
  );
