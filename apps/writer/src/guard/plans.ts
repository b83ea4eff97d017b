import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { noteDone, workOnNext } from '../put-off.js';
import { reportPlan } from '../report/report-members.js';
import { release } from '../release.js';
import {
  closePlan,
  emptiedPlans,
  holdsAnybody,
  keepPlan,
  openPlans,
  releasePlan,
  targetOfExpiredPlan,
  type OpenPlan,
} from '../store/plans.js';
import { outcomesOfObjects } from '../store/outcomes.js';
import { addTally, openRun } from '../store/runs.js';
import { lockTargetById, setDue, type Target } from '../store/targets.js';
import { withTarget, type TargetSession } from '../target-session.js';

/** The objects of the plan that are still unwanted may go: less than approved, never more. */
export const approvePlan = async (session: TargetSession, plan: OpenPlan, by: string): Promise<number> => {
  const { tx, target, report } = session;
  await reportPlan(session, plan.id, ({ plan: _, code: __, ...outcome }) => ({
    ...outcome,
    state: 'pending',
  }));
  const released = await releasePlan(tx, target.id, plan.id);
  await closePlan(tx, plan.id, 'approved', by);
  report.run({ event: 'plan-closed', plan: plan.id, state: 'approved', by });
  await runReleased(tx, target, plan, released);
  return released;
};

/** The same for the named objects alone; the others of the plan go on being held, or kept. */
export const approvePart = async (
  { tx, target, report }: TargetSession,
  plan: OpenPlan,
  objects: readonly string[],
  by: string,
): Promise<number> => {
  const released = await releasePlan(tx, target.id, plan.id, objects);
  report.results(await outcomesOfObjects(tx, target.id, objects));
  if (!(await holdsAnybody(tx, target.id, plan.id))) {
    await closePlan(tx, plan.id, 'approved', by);
    report.run({ event: 'plan-closed', plan: plan.id, state: 'approved', by });
  }
  await runReleased(tx, target, plan, released);
  return released;
};

const runReleased = async (tx: Tx, target: Target, plan: OpenPlan, released: number): Promise<void> => {
  const run = await openRun(tx, target.id);
  if (run?.phase === 'applying') {
    await addTally(tx, run.id, run.id === plan.run ? { held: -released } : { joined: released });
  } else if (released > 0 && !run) await setDue(tx, target.id, 'incremental', `approval of ${plan.id}`);
};

const KEPT_CODE = { rejected: 'RemovalRejected', expired: 'RemovalExpired', kept: 'KeptUnmanaged' } as const;

/** What is rejected or has expired stays, until it is wanted again or a full run plans it anew; what is kept stays until it is wanted again. */
export const keepObjects = async (
  session: TargetSession,
  plan: OpenPlan,
  state: keyof typeof KEPT_CODE,
  by?: string,
): Promise<void> => {
  const { tx, target, report } = session;
  await keepPlan(tx, target.id, plan.id, KEPT_CODE[state]);
  await closePlan(tx, plan.id, state, by);
  await reportPlan(session, plan.id);
  report.run({
    event: 'plan-closed',
    plan: plan.id,
    ...(state === 'kept' ? { state: 'rejected', kept: true } : { state }),
    ...(by === undefined ? {} : { by }),
  });
  await release(session);
};

/** Closes plans that nothing belongs to any more. */
export const closeEmptied = async ({ tx, target, report }: TargetSession): Promise<void> => {
  for (const { id } of await emptiedPlans(tx, target.id)) {
    await closePlan(tx, id, 'emptied');
    report.run({ event: 'plan-closed', plan: id, state: 'emptied' });
  }
};

/** One round of expiry; true when there may be more. */
export const expirePlans = (writer: WriterContext): Promise<boolean> =>
  workOnNext(writer, 'plans', async (at) => {
    const id = await targetOfExpiredPlan(writer.database);
    if (id === undefined) return false;
    await writer.database.transaction(async (tx) => {
      const target = await lockTargetById(tx, id);
      if (!target) return;
      at(target);
      await withTarget(writer, tx, target, async (session) => {
        for (const plan of await openPlans(tx, id)) if (plan.expired) await keepObjects(session, plan, 'expired');
        await noteDone(session, 'plans');
      });
    });
    return true;
  });
