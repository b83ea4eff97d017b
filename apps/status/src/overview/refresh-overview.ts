import {
  statusWord,
  storableJson,
  type Policy,
  type ReadProof,
  type Schedule,
  type StatusWord,
} from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

/**
 * Recomputes the overview's rows of some collections, at the end of every transaction that changed something they show. Its lock makes
 * transactions of different topics take turns, so that the last one has seen them all.
 */
export const refreshOverview = async (tx: Queryable, collections: readonly string[]): Promise<void> => {
  const ids = [...new Set(collections)].toSorted();
  if (ids.length === 0) return;
  await lockCollections(tx, ids);
  const facts = await readFacts(tx, ids);
  const rows = facts.map(overviewOf);
  await deleteOverview(tx, ids, rows);
  await writeOverview(tx, rows);
};

const lockCollections = (tx: Queryable, ids: readonly string[]): Promise<unknown> =>
  tx.query(
    `select pg_advisory_xact_lock(hashtextextended('overview ' || id, 0))
     from (select id from unnest($1::text[]) as given (id) order by id) sorted`,
    [ids],
  );

/** What the row of a target is made of. Everything after `target` is null for a collection without one. */
interface Facts {
  collection: string;
  known: boolean;
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
  groupFailure: object | null;
  endedKind: string | null;
  endedAt: Date | null;
  appliedAt: Date | null;
  counts: { wanted: boolean; state: string; code: string; n: number }[];
  lastFullMembers: number | null;
  lastFullStatus: string | null;
  lastFullAt: Date | null;
  lastSyncMembers: number | null;
  lastSyncStatus: string | null;
  lastSyncAt: Date | null;
}

const readFacts = (tx: Queryable, ids: readonly string[]): Promise<Facts[]> =>
  tx.query<Facts>(
    `select given.id as collection, c.collection is not null as known, c.site, coalesce(c.name, m.collection_name, '') as "collectionName",
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
       t.group_failure as "groupFailure", t.ended_kind as "endedKind", t.ended_at as "endedAt", t.applied_at as "appliedAt",
       coalesce((select jsonb_agg(jsonb_build_object('wanted', wanted, 'state', state, 'code', code, 'n', n))
         from member_count n where n.target_no = t.no and n.n <> 0), '[]') as counts,
       o.last_full_members as "lastFullMembers", o.last_full_status as "lastFullStatus", o.last_full_at as "lastFullAt",
       o.last_sync_members as "lastSyncMembers", o.last_sync_status as "lastSyncStatus", o.last_sync_at as "lastSyncAt"
     from unnest($1::text[]) as given (id)
     left join collection c on c.collection = given.id
     left join mapping m on m.collection = given.id and m.state <> 'deleted'
     left join target t on t.target = m.target
     left join overview o on o.collection = given.id and o.target = coalesce(m.target, '')
     where c.collection is not null or m.target is not null`,
    [ids],
  );

interface OverviewRow {
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
  failed: number;
  held: number;
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
}

const WITHOUT_RECORD = new Set(['NoEntraRecord', 'NoIdentity']);

interface Counts {
  completed: number;
  inProgress: number;
  failed: number;
  held: number;
  excluded: number;
}

const countsOf = ({ counts, policy }: Facts): Counts => {
  const sum: Counts = { completed: 0, inProgress: 0, failed: 0, held: 0, excluded: 0 };
  for (const { wanted, state, code, n } of counts) {
    const left =
      (policy?.withoutRecord === 'exclude' && WITHOUT_RECORD.has(code)) ||
      (policy?.otherTenant === 'exclude' && code === 'OtherTenant');
    if (!wanted) sum.held += state === 'held' ? n : 0;
    else if (left) sum.excluded += n;
    else if (state === 'applied') sum.completed += n;
    else if (state === 'failed') sum.failed += n;
    else sum.inProgress += n;
  }
  return sum;
};

/** Content merged since the mapping was created, resumed or given another collection: the story says so, or the results do. */
const isMerged = (facts: Facts): boolean =>
  facts.mergedCollection === facts.collection && facts.mergedActivated >= facts.activated;

const isFresh = (facts: Facts): boolean =>
  !isMerged(facts) && !(isCounted(facts) && facts.resultActivated >= facts.activated && facts.resultMerged > 0);

/** What was refused before the mapping was resumed or given another collection may be accepted now. */
const isRefused = (facts: Facts): boolean => facts.groupFailure !== null && facts.endedActivated >= facts.activated;

/** What is counted belongs to what is mapped now. */
const isCounted = (facts: Facts): boolean => facts.resultCollection === facts.collection;

const overviewOf = (facts: Facts): OverviewRow => {
  const mapped = facts.target !== null;
  const fresh = mapped && isFresh(facts);
  const counts = mapped && isCounted(facts) ? countsOf(facts) : NOTHING;
  // a ledger that has merged nothing yet tells of nobody, which is not a collection without members
  const told = isCounted(facts) && facts.resultMerged > 0;
  const shown = fresh && !told ? { ...NOTHING, inProgress: facts.count } : counts;
  const working = facts.run !== null || (facts.mergedPending > 0 && facts.mergedNumber > facts.endedNumber);
  const running = working || (isMerged(facts) && facts.endedActivated < facts.activated);
  const input = {
    ...shown,
    paused: facts.state === 'paused',
    running,
    fresh,
    groupFailed: isRefused(facts),
  };
  const word = mapped ? statusWord({ ...input, stale: false }) : null;
  return {
    collection: facts.collection,
    target: facts.target ?? '',
    tenant: facts.tenant,
    group_id: facts.groupId,
    group_name: facts.groupName,
    group_sort: facts.groupName?.toLowerCase() ?? '',
    collection_name: facts.collectionName,
    collection_sort: facts.collectionName.toLowerCase(),
    collection_type: facts.collectionType,
    word,
    urgent: mapped && statusWord({ ...input, stale: true }) !== 'Stale',
    checked_at: checkedAt(facts),
    stale_after: facts.schedule && `${3 * intervalSeconds(facts.schedule)} seconds`,
    site: facts.site,
    member_count: mapped ? shown.completed + shown.inProgress + shown.failed : facts.count,
    completed: shown.completed,
    in_progress: shown.inProgress,
    failed: shown.failed,
    held: shown.held,
    left_out: shown.excluded,
    ...lastSyncs(facts, shown, fresh || running),
    captured_at: facts.lastComplete?.at ?? null,
    merged_at: facts.mergedAt,
    applied_at: facts.appliedAt,
  };
};

const NOTHING: Counts = { completed: 0, inProgress: 0, failed: 0, held: 0, excluded: 0 };

/** The listing that showed the collection, or a read of it. A collection that was never there was never checked. */
const checkedAt = ({ checkedAt: listed, lastComplete }: Facts): Date | string | null => {
  if (!lastComplete || !listed) return listed;
  return new Date(lastComplete.at) > listed ? lastComplete.at : listed;
};

const DAY = 86_400;

/** Whatever the schedule says, a collection is read again daily at the latest. */
const intervalSeconds = (schedule: Schedule): number => (schedule.kind === 'interval' ? schedule.seconds : DAY);

/** The last cycle is a run, or a complete read that found nothing to do. While one is under way, the one before is shown. */
const lastSyncs = (facts: Facts, counts: Counts, busy: boolean) => {
  const before = {
    last_full_members: facts.lastFullMembers,
    last_full_status: facts.lastFullStatus,
    last_full_at: facts.lastFullAt,
    last_sync_members: facts.lastSyncMembers,
    last_sync_status: facts.lastSyncStatus,
    last_sync_at: facts.lastSyncAt,
  };
  if (facts.target === null || busy) return before;
  const read =
    facts.lastComplete && facts.capturedVersion <= mergedVersion(facts) ? new Date(facts.lastComplete.at) : null;
  const at = read && (!facts.endedAt || read > facts.endedAt) ? read : facts.endedAt;
  if (!at) return before;
  const members = counts.completed + counts.inProgress + counts.failed;
  const status = cycleWord(facts, counts);
  const sync = { last_sync_members: members, last_sync_status: status, last_sync_at: at };
  return facts.endedKind === 'full' && facts.endedAt
    ? { ...sync, last_full_members: members, last_full_status: status, last_full_at: facts.endedAt }
    : { ...before, ...sync };
};

const mergedVersion = ({ mergedVersion: told, resultMerged, ...facts }: Facts): number =>
  facts.resultCollection === facts.collection ? Math.max(told, resultMerged) : told;

const cycleWord = (facts: Facts, counts: Counts): StatusWord =>
  statusWord({
    ...counts,
    held: 0,
    inProgress: 0,
    failed: counts.failed + counts.inProgress,
    paused: false,
    running: false,
    fresh: false,
    stale: false,
    groupFailed: isRefused(facts),
  });

const deleteOverview = (tx: Queryable, ids: readonly string[], rows: readonly OverviewRow[]): Promise<unknown> =>
  tx.query(
    `delete from overview o where o.collection = any ($1::text[]) and not exists (
       select from unnest($2::text[], $3::text[]) as kept (collection, target)
       where kept.collection = o.collection and kept.target = o.target)`,
    [ids, rows.map(({ collection }) => collection), rows.map(({ target }) => target)],
  );

const writeOverview = (tx: Queryable, rows: readonly OverviewRow[]): Promise<unknown> =>
  tx.query(
    `insert into overview as o select * from jsonb_populate_recordset(null::overview, $1::jsonb)
     on conflict (collection, target) do update set (tenant, group_id, group_name, group_sort, collection_name, collection_sort, collection_type, word, urgent,
       checked_at, stale_after, site, member_count, completed, in_progress, failed, held, left_out, last_full_members,
       last_full_status, last_full_at, last_sync_members, last_sync_status, last_sync_at, captured_at, merged_at, applied_at)
     = (excluded.tenant, excluded.group_id, excluded.group_name, excluded.group_sort, excluded.collection_name, excluded.collection_sort,
       excluded.collection_type, excluded.word,
       excluded.urgent, excluded.checked_at, excluded.stale_after, excluded.site, excluded.member_count, excluded.completed,
       excluded.in_progress, excluded.failed, excluded.held, excluded.left_out, excluded.last_full_members,
       excluded.last_full_status, excluded.last_full_at, excluded.last_sync_members, excluded.last_sync_status,
       excluded.last_sync_at, excluded.captured_at, excluded.merged_at, excluded.applied_at)
     where (o.*) is distinct from (excluded.*)`,
    [storableJson(rows)],
  );
