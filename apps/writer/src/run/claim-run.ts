import { randomUUID } from 'node:crypto';
import type { RunKind } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { returnReasons, takeReasons } from '../store/full-reasons.js';
import { deleteRun, insertRun, openRun, type Run } from '../store/runs.js';
import {
  clearDue,
  lockTargetAtEpoch,
  lockTargetToRun,
  mayHaveTargetToRun,
  nextRunKind,
  raiseEpoch,
  setDue,
  type Target,
} from '../store/targets.js';
import { withTarget } from '../target-session.js';
import { failRun } from './end-run.js';

export interface Claim {
  readonly target: Target;
  readonly run: Run;
  /** W3C traceparent of what made it due */
  readonly trace: string | null;
}

/**
 * Takes the next target due for a run of the kind, and with it everything that is due: one transaction. An orphaned run ends as
 * failed; this is a new one, full if that one was. Tenants that have to wait are left out.
 */
export const claimRun = async (
  writer: WriterContext,
  wanted: RunKind,
  waiting: readonly string[],
): Promise<Claim | undefined> => {
  const { leaseMs, deadlineMs } = writer.settings;
  const abandonedAfterMs = leaseMs + deadlineMs;
  if (!(await mayHaveTargetToRun(writer.database, abandonedAfterMs))) return undefined;
  return writer.database.transaction(async (tx) => {
    const target = await lockTargetToRun(tx, wanted, abandonedAfterMs, waiting);
    if (!target?.collection) return undefined;
    // under the lock it may have become another than was looked for
    const kind = await nextRunKind(tx, target.id);
    const left = await openRun(tx, target.id);
    if (left) {
      await withTarget(writer, tx, target, (session) =>
        failRun(session, left, {
          code: 'WRITER_LOST',
          message: 'The writer that ran it stopped in the middle of it.',
          advice: 'Nothing needs to be done: a new run takes up what was left.',
        }),
      );
    }
    const due = await clearDue(tx, target.id);
    target.epoch = await raiseEpoch(tx, target.id);
    const run = await insertRun(tx, {
      id: randomUUID(),
      target: target.id,
      epoch: target.epoch,
      kind,
      trigger: due?.trigger ?? left?.trigger ?? 'due',
      collection: target.collection,
      activated: target.activated,
    });
    if (!run) return undefined;
    if (kind === 'full') await takeReasons(tx, target.id, run.id);
    return { target, run, trace: due?.trace ?? null };
  });
};

/** Without the lease there was no run: what was due is due again, a little later. */
export const releaseClaim = (writer: WriterContext, { target, run }: Claim, inMs: number): Promise<void> =>
  writer.database.transaction(async (tx: Tx) => {
    if (!(await lockTargetAtEpoch(tx, target.id, run.epoch))) return;
    await returnReasons(tx, run.id);
    await deleteRun(tx, run.id);
    await setDue(tx, target.id, run.kind, run.trigger, inMs);
  });
