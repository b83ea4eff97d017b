import { statusWord, type Schedule, type StatusWord } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import {
  deleteOverview,
  lockCollections,
  readFacts,
  writeOverview,
  type Facts,
  type WrittenRow,
} from '../store/overview-facts.js';

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

/** What was refused before the mapping was resumed or given another collection may be accepted now; what is seen now counts. */
const isRefused = (facts: Facts): boolean =>
  facts.groupProblem !== null || (facts.groupFailure !== null && facts.endedActivated >= facts.activated);

/** What is counted belongs to what is mapped now. */
const isCounted = (facts: Facts): boolean => facts.resultCollection === facts.collection;

const overviewOf = (facts: Facts): WrittenRow => {
  const mapped = facts.target !== null;
  const fresh = mapped && isFresh(facts);
  const counts = mapped && isCounted(facts) ? countsOf(facts) : NOTHING;
  // a ledger that has merged nothing yet reports nobody, which is not a collection without members
  const reported = isCounted(facts) && facts.resultMerged > 0;
  const shown = fresh && !reported ? { ...NOTHING, inProgress: facts.count } : counts;
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

const mergedVersion = ({ mergedVersion: merged, resultMerged, ...facts }: Facts): number =>
  facts.resultCollection === facts.collection ? Math.max(merged, resultMerged) : merged;

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
