import { asAppError, partsOfTarget, type GroupComparison, type RunCounts } from '@collection-sync/core';
import type { WriterContext } from '../context.js';
import { listGroup, type Listed } from '../list-group.js';
import { unseenBy } from '../run/full-listing.js';
import { markActed } from '../store/commands.js';
import {
  claimComparison,
  compareListing,
  releaseComparison,
  renewComparison,
  type ClaimedComparison,
} from '../store/comparisons.js';
import { countListed, dropPages } from '../store/listing.js';
import { lockTarget } from '../store/targets.js';
import { CLAIM_MS, isPassing } from '../preview/claims.js';
import { withTarget, type TargetSession } from '../target-session.js';

const KIND = 'compare';
/** It writes nothing. */
const NOTHING: RunCounts = {
  planned: 0,
  joined: 0,
  outcomes: {
    applied: 0,
    removed: 0,
    failed: 0,
    held: 0,
    superseded: 0,
    unanswered: 0,
    notNeeded: 0,
    stopped: 0,
  },
  requests: 0,
  writes: 0,
  throttled: 0,
};

/**
 * Performs the next comparison of a group with what the ledger says of it: a listing and a report. Nothing is written, to the group or to the
 * ledger, so it needs no lease and holds up no run. Its run has the id of its command. True when there may be more.
 */
export const compareNext = async (writer: WriterContext, signal: AbortSignal): Promise<boolean> => {
  const { database } = writer;
  const claimed = await claimComparison(database, CLAIM_MS);
  if (!claimed) return false;
  try {
    if (!(await begin(writer, claimed))) return true;
    const listed = await list(writer, claimed, signal);
    if (listed) await conclude(writer, claimed, (session) => reportDifference(session, claimed, listed));
  } catch (error) {
    if (signal.aborted || isPassing(error)) {
      await releaseComparison(database, claimed);
      if (signal.aborted) return false;
      throw error;
    }
    await conclude(writer, claimed, (session) => reportFailure(session, claimed, error));
  }
  return true;
};

type Answer = { readonly accepted: boolean; readonly message: string };
type Conclude = (session: TargetSession) => Promise<Answer> | Answer;

const begin = async (writer: WriterContext, claimed: ClaimedComparison): Promise<boolean> => {
  let refused: string | undefined;
  await underClaim(writer, claimed, ({ target, report }) => {
    if (claimed.expired) refused = 'The command came too late and was not acted on. Give it again.';
    else if (target.state !== 'active' && target.state !== 'paused') refused = 'The group is not mapped.';
    else if (target.completeFor !== target.activated)
      refused = 'Nothing is known yet of what the collection wants. Compare when the first synchronisation is through.';
    if (refused !== undefined) return Promise.resolve();
    const trigger = `command:${claimed.id}`;
    report.run({ event: 'started', run: claimed.id, kind: KIND, trigger, epoch: target.epoch });
    return Promise.resolve();
  });
  if (refused === undefined) return true;
  const message = refused;
  await conclude(writer, claimed, () => ({ accepted: false, message }));
  return false;
};

const list = (writer: WriterContext, claimed: ClaimedComparison, signal: AbortSignal): Promise<Listed | undefined> => {
  const { tenant, group } = partsOfTarget(claimed.target);
  const client = writer.graph.writer(tenant, { priority: 'low' });
  const goOn = (): Promise<boolean> => renewComparison(writer.database, claimed, CLAIM_MS);
  return listGroup(writer.database, client, group, { listing: claimed.claim, names: true, signal, goOn });
};

/** The last word on it, by the one worker that still has the claim. */
const conclude = (writer: WriterContext, claimed: ClaimedComparison, work: Conclude): Promise<void> =>
  underClaim(writer, claimed, async (session) => {
    const answer = await work(session);
    await dropPages(session.tx, claimed.claim);
    await markActed(session.tx, claimed.id);
    session.report.run({ event: 'command-answered', command: claimed.id, ...answer });
  });

const underClaim = (
  writer: WriterContext,
  claimed: ClaimedComparison,
  work: (session: TargetSession) => Promise<void>,
): Promise<void> =>
  writer.database.transaction(async (tx) => {
    if (!(await renewComparison(tx, claimed, CLAIM_MS))) return;
    const target = await lockTarget(tx, claimed.target);
    if (!target) throw new Error(`the row of target ${claimed.target} is missing`);
    await withTarget(writer, tx, target, work);
  });

const reportDifference = async (
  { writer, tx, target, report }: TargetSession,
  { id, claim, begunAt }: ClaimedComparison,
  seen: Listed,
): Promise<Answer> => {
  const { listingLagMs } = writer.settings;
  const { listed, leaving } = await countListed(tx, target.id, claim, begunAt, listingLagMs);
  const found = await compareListing(tx, target.id, claim, begunAt, listingLagMs);
  const comparison: GroupComparison = { by: 'listing', listed, ...found, ...unseenBy(seen, listed + leaving) };
  const run = { run: id, kind: KIND } as const;
  report.run({ ...run, event: 'planned', adds: 0, removes: 0, comparison });
  report.run({ ...run, event: 'completed', startedAt: begunAt.toISOString(), counts: NOTHING, members: listed });
  return { accepted: true, message: wordsOf(comparison) };
};

const reportFailure = ({ report }: TargetSession, { id, begunAt }: ClaimedComparison, error: unknown): Answer => {
  const { code, message, advice } = asAppError(error);
  const failure = { code, message, advice };
  const run = { run: id, kind: KIND, startedAt: begunAt.toISOString(), counts: NOTHING } as const;
  report.run({ ...run, event: 'failed', ...failure });
  return { accepted: false, message: `${message} ${advice}` };
};

const wordsOf = ({ missing = 0, unmanaged }: GroupComparison): string => {
  const others = unmanaged.reduce((sum, { members }) => sum + members, 0);
  if (missing + others === 0) return 'The group is as the last synchronisation left it.';
  return `The group was changed in Entra ID: ${missing} members are missing, ${others} are unmanaged. Nothing was changed now.`;
};
