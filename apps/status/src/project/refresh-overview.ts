import {
  memberStateName,
  statusWord,
  type MemberStateName,
  type Schedule,
  type StatusWord,
} from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { collectionProblem, collectionStateOf, type CollectionStanding } from '../store/collection-problem.js';
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

type Counts = Readonly<Record<MemberStateName, number>>;

const NOTHING: Counts = {
  Success: 0,
  'In Progress': 0,
  Waiting: 0,
  Failed: 0,
  Excluded: 0,
  Held: 0,
  Removing: 0,
  Kept: 0,
};

const countsOf = ({ counts, policy }: Facts): Counts => {
  const sum = { ...NOTHING };
  for (const { n, ...member } of counts) sum[memberStateName(member, policy)] += n;
  return sum;
};

/** The members of the content merged last. */
const memberCount = (counts: Counts): number => counts.Success + counts['In Progress'] + counts.Waiting + counts.Failed;

const wordInput = (counts: Counts) => ({
  completed: counts.Success,
  inProgress: counts['In Progress'],
  waiting: counts.Waiting,
  failed: counts.Failed,
  held: counts.Held,
});

/** Content merged since the mapping was created, resumed or given another collection: the story says so, or the results do. */
const isMerged = (facts: Facts): boolean =>
  facts.mergedCollection === facts.collection && facts.mergedActivated >= facts.activated;

const isFresh = (facts: Facts): boolean =>
  !isMerged(facts) && !(isCounted(facts) && facts.resultActivated >= facts.activated && facts.resultMerged > 0);

/** What stops runs of the target: what a look at its group found, what the writer cannot do, or a run that ended as a whole since the mapping was activated. */
const runProblemOf = ({ groupProblem, writerFailure, runFailure, endedActivated, activated }: Facts): object | null =>
  groupProblem ?? writerFailure ?? (endedActivated >= activated ? runFailure : null);

const standingOf = ({ collectionState, collectionFailure, successors }: Facts): CollectionStanding => ({
  state: collectionState,
  failure: collectionFailure,
  successors,
});

const problemOf = (facts: Facts): object | null => runProblemOf(facts) ?? collectionProblem(standingOf(facts));

/** What is counted belongs to what is mapped now. */
const isCounted = (facts: Facts): boolean => facts.resultCollection === facts.collection;

const overviewOf = (facts: Facts): WrittenRow => {
  const mapped = facts.target !== null;
  const fresh = mapped && isFresh(facts);
  // nothing is counted before content was merged: a list of these members would be empty too
  const counts = mapped && isCounted(facts) ? countsOf(facts) : NOTHING;
  const working = facts.run !== null || (facts.mergedPending > 0 && facts.mergedNumber > facts.endedNumber);
  const running = working || (isMerged(facts) && facts.endedActivated < facts.activated);
  const input = {
    ...wordInput(counts),
    paused: facts.state === 'paused',
    running,
    fresh,
    stopped: problemOf(facts) !== null,
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
    stale_after: facts.schedule && `${staleSeconds(facts.schedule)} seconds`,
    site: isConfirmedByListing(facts) ? facts.site : null,
    member_count: mapped ? memberCount(counts) : facts.count,
    completed: counts.Success,
    in_progress: counts['In Progress'],
    waiting: counts.Waiting,
    failed: counts.Failed,
    held: counts.Held,
    removing: counts.Removing,
    kept: counts.Kept,
    left_out: counts.Excluded,
    problem: problemOf(facts),
    collection_state: collectionStateOf(standingOf(facts)),
    ...lastSyncs(facts, counts, fresh || running),
    captured_at: facts.lastComplete?.at ?? null,
    merged_at: facts.mergedAt,
    applied_at: facts.appliedAt,
  };
};

/** A listing that shows the collection unchanged confirms what was read; after a read that was not complete nothing does but the next one. */
const isConfirmedByListing = ({ collectionState }: Facts): boolean => collectionState === 'ok';

/** When the source last confirmed what is known. A stamp of a clock that is ahead confirms nothing. */
const checkedAt = (facts: Facts): Date | string | null => {
  const { checkedAt: listed, lastComplete, now } = facts;
  const read = lastComplete && new Date(lastComplete.at) <= now ? lastComplete.at : null;
  if (!isConfirmedByListing(facts)) return read;
  return read && listed && new Date(read) > listed ? read : listed;
};

const LONGEST_SECONDS = 900;

/** Three intervals, but never longer than a listing may be away: an unchanged collection is not read on every one. */
const staleSeconds = (schedule: Schedule): number =>
  schedule.kind === 'interval' ? Math.min(3 * schedule.seconds, LONGEST_SECONDS) : LONGEST_SECONDS;

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
  const members = memberCount(counts);
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
    ...wordInput(counts),
    held: 0,
    inProgress: 0,
    failed: counts.Failed + counts['In Progress'],
    paused: false,
    running: false,
    fresh: false,
    stale: false,
    stopped: runProblemOf(facts) !== null,
  });
