import { traced } from '@collection-sync/platform';
import type { WriterContext } from '../context.js';
import { ActiveRun } from './active-run.js';
import { applyPending } from './apply-pending.js';
import { claimRun, releaseClaim, type Claim } from './claim-run.js';
import { endByError } from './end-by-error.js';
import { compareWithGroup, readGroup } from './full-listing.js';
import { recoverCalls } from './recover-calls.js';
import { LeaseKeeper } from './lease-keeper.js';
import { planPending } from './plan-pending.js';
import type { RunSlots } from './run-slots.js';

/** Claims and performs one run of the kind that the slots are for, of a tenant for which one is left. True when there may be more to do. */
export const performNextRun = async (writer: WriterContext, slots: RunSlots, stop: AbortSignal): Promise<boolean> => {
  if (stop.aborted) return false;
  const claim = await slots.take((waiting) => claimRun(writer, slots.kind, waiting));
  if (!claim) return false;
  try {
    const lease = await takeLease(writer, claim);
    if (lease) await tracedRun(writer, claim, lease, stop);
    return true;
  } finally {
    slots.leave(claim.target.tenant);
  }
};

const tracedRun = (writer: WriterContext, claim: Claim, lease: LeaseKeeper, stop: AbortSignal): Promise<void> => {
  const { run, target, trace: parent } = claim;
  const about = { run: run.id, target: target.target, collection: run.collection, kind: run.kind };
  return traced('run', about, () => performRun(writer, claim, lease, stop), { parent });
};

/**
 * The story of a run. A full one first learns the group's true members; then both apply what is pending, until nothing is. Whatever stops it
 * in between, the ledger says what is left, and a later run takes it up.
 */
const performRun = async (
  writer: WriterContext,
  claim: Claim,
  lease: LeaseKeeper,
  stop: AbortSignal,
): Promise<void> => {
  let active: ActiveRun | undefined;
  try {
    active = new ActiveRun(writer, claim, lease, stop);
    await start(active);
    await recoverCalls(active);
    if (claim.run.kind === 'full') {
      await compareWithGroup(active, await readGroup(active));
    } else {
      await planPending(active);
    }
    await applyPending(active);
  } catch (error) {
    await endByError(writer, claim, error);
  } finally {
    await lease.release();
  }
};

const start = (active: ActiveRun): Promise<void> =>
  active.fenced(async ({ report }) => {
    const { id, kind, trigger, epoch } = active.run;
    report.run({ event: 'started', run: id, kind, trigger, epoch });
    active.log.info({ kind, trigger, epoch }, 'run started');
  });

/** A lease that another claim holds ends by itself; meanwhile the target is due a little later. */
const takeLease = async (writer: WriterContext, claim: Claim): Promise<LeaseKeeper | undefined> => {
  const { target, run } = claim;
  const lease = { target: target.target, epoch: run.epoch, claim: run.id, collection: run.collection };
  try {
    const taken = await LeaseKeeper.take(writer, lease, run.id);
    if (!taken) await releaseClaim(writer, claim, writer.settings.leaseMs / 3);
    return taken;
  } catch (error) {
    await releaseClaim(writer, claim, 0);
    throw error;
  }
};
