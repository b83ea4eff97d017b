import { forgetReasons } from '../store/full-reasons.js';
import { openRun, type Run } from '../store/runs.js';
import { clearDue, raiseEpoch } from '../store/targets.js';
import type { TargetSession } from '../target-session.js';
import { cancelRun } from './end-run.js';

/**
 * Stops whatever runs for a target: raises its epoch, so that nothing of the run is stored any more, and ends the run's row; the lease goes
 * after the commit, if it is still that run's. The run sends at most the call that it has prepared already.
 */
export const stopRun = async (session: TargetSession, why: string): Promise<Run | undefined> => {
  const { writer, tx, target } = session;
  target.epoch = await raiseEpoch(tx, target.id);
  const run = await openRun(tx, target.id);
  if (run) await cancelRun(session, run, why);
  const { epoch } = target;
  tx.afterCommit(() => {
    writer.leases.revoke(target.target, epoch).catch((error: unknown) => {
      writer.log.warn(
        { target: target.target, error },
        'the lease of a stopped run could not be removed; it ends by itself',
      );
    });
  });
  return run;
};

/** The same, and what is due is forgotten: pause, delete, tenant switch, another collection. */
export const stopTarget = async (session: TargetSession, why: string): Promise<void> => {
  const { tx, target } = session;
  await stopRun(session, why);
  await clearDue(tx, target.id);
  await forgetReasons(tx, target.id);
};
