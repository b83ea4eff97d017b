import { AppError, asAppError, REASONS } from '@collection-sync/core';
import type { WriterContext } from '../context.js';
import { closeEmptied } from '../guard/plans.js';
import { markRefused } from '../store/answers.js';
import { forgetPresence } from '../store/entries.js';
import { pendingObjects, START } from '../store/pending.js';
import { reportSnapshot } from '../report/report-members.js';
import { outcomesOfObjects } from '../store/outcomes.js';
import { openRun } from '../store/runs.js';
import { lockTargetAtEpoch, setDue, storeRefusals, type Target } from '../store/targets.js';
import { withTarget, type TargetSession } from '../target-session.js';
import type { Claim } from './claim-run.js';
import { failRun, handOverRun, type Failure } from './end-run.js';
import { GroupRefused } from './refusal.js';
import { failureBackoff } from './failure-backoff.js';

/**
 * Ends a run that an error stopped, with its reason, and says when the target is due again: at once for another writer when this one stops,
 * after the lease time when the lease was lost, else after a rest that doubles with each failure. A run whose epoch was raised was ended by
 * whoever raised it.
 */
export const endByError = async (writer: WriterContext, claim: Claim, error: unknown): Promise<void> => {
  const { target: claimed, run } = claim;
  const { code, message } = asAppError(error);
  const log = writer.log.child({ run: run.id, target: claimed.target });
  if (error instanceof GroupRefused) log.warn({ reason: error.reason }, `the group is refused: ${error.message}`);
  else if (code === 'INTERNAL') log.error({ error }, `the run failed: ${message}`);
  else log.warn({ code }, `the run ended: ${message}`);
  await writer.database.transaction(async (tx) => {
    const target = await lockTargetAtEpoch(tx, claimed.id, run.epoch);
    const open = target && (await openRun(tx, target.id));
    if (!target || open?.id !== run.id) return;
    await withTarget(writer, tx, target, async (session) => {
      const refusal = refusalOf(error);
      if (refusal) await reportRefused(session, refusal);
      if (isStop(error)) {
        await handOverRun(session, open);
        await setDue(tx, target.id, run.kind, run.trigger);
        return;
      }
      const rest = refusal && open.phase === 'applying' ? 'failed' : 'stopped';
      await failRun(session, open, failureOf(error), rest);
      const gone = error instanceof GroupRefused && error.reason === 'GroupNotFound';
      if (gone) await reportGone(session, error);
      // a group that comes back, with whatever members, is compared first
      await setDue(tx, target.id, gone ? 'full' : run.kind, run.trigger, backoffOf(writer, target, error));
      if (!isOwn(error)) await storeRefusals(tx, target.id, target.refusals + 1);
    });
  });
};

/** What refuses the application refuses each of its members, until somebody acts. */
const refusalOf = (error: unknown): GroupRefused | undefined => {
  if (error instanceof GroupRefused) return error;
  const { code, message } = asAppError(error);
  if (code === 'GRAPH_SIGN_IN_REFUSED') return new GroupRefused('SignInRefused', message);
  return code === 'GRAPH_PERMISSION_MISSING' ? new GroupRefused('PermissionMissing', message) : undefined;
};

const isStop = (error: unknown): boolean => error instanceof AppError && error.code === 'SHUTTING_DOWN';

/** Neither Graph's fault nor the group's. */
const isOwn = (error: unknown): boolean => isStop(error) || (error instanceof AppError && error.code === 'LEASE_LOST');

const backoffOf = (writer: WriterContext, target: Target, error: unknown): number => {
  const { leaseMs } = writer.settings;
  if (isOwn(error)) return asAppError(error).code === 'LEASE_LOST' ? leaseMs : 0;
  const retryAfterMs = asAppError(error).retryAfterMs ?? 0;
  return Math.max(retryAfterMs, failureBackoff(target.refusals, writer.settings));
};

const failureOf = (error: unknown): Failure => {
  if (error instanceof GroupRefused) return { code: error.reason, message: error.message, advice: error.advice };
  const { code, message, advice } = asAppError(error);
  return { code, message, advice };
};

/** Nobody is in a group that is gone: what is wanted says so, and what was to be removed is. */
const reportGone = async (session: TargetSession, refusal: GroupRefused): Promise<void> => {
  const { tx, target } = session;
  await forgetPresence(tx, target.id);
  await markRefused(tx, target.id, failureOfMembers(refusal));
  await closeEmptied(session);
  await reportSnapshot(session);
};

const PAGE = 1_000;

/** Every desired change that waits for the group says why it cannot be done. */
const reportRefused = async ({ tx, target, report }: TargetSession, refusal: GroupRefused): Promise<void> => {
  await markRefused(tx, target.id, failureOfMembers(refusal));
  for (let after = START; ;) {
    const objects = await pendingObjects(tx, target.id, after, PAGE);
    if (objects.length === 0) return;
    report.results(await outcomesOfObjects(tx, target.id, objects));
    await report.flush(tx);
    after = objects.at(-1) ?? after;
  }
};

const failureOfMembers = ({ reason, message, ids }: GroupRefused) => ({
  code: reason,
  message: message || REASONS[reason].advice,
  requestId: ids.requestId,
  clientRequestId: ids.clientRequestId,
});
