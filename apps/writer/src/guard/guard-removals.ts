import { randomUUID } from 'node:crypto';
import { judgeRemovals, type GuardVerdict } from '@collection-sync/core';
import { countRemovals, holdTouched, insertPlan } from '../store/plans.js';
import type { Run } from '../store/runs.js';
import type { TargetSession } from '../target-session.js';

export interface Guarded {
  readonly verdict: GuardVerdict;
  /** removals held as a plan; 0 or all of them */
  readonly held: number;
}

/**
 * Judges the removals that this transaction has just made of the touched objects, together with what is pending, under way or gone without
 * approval. Past a limit they become a plan: an exact set of objects that waits for an operator. Adds are never touched.
 */
export const guardRemovals = async (
  { writer, tx, target, report }: TargetSession,
  removals: number,
  run?: Run,
): Promise<Guarded> => {
  const counts = await countRemovals(tx, target.id);
  const verdict = judgeRemovals(target.policy.guard, { ...counts, removals, pending: counts.removals - removals });
  if (!verdict.held) return { verdict, held: 0 };
  const id = randomUUID();
  const { expiresAfterHours } = target.policy.guard;
  const expiresAt = await insertPlan(tx, {
    id,
    target: target.id,
    run: run?.id ?? null,
    removals,
    guard: verdict,
    expiresAfterHours,
  });
  const held = await holdTouched(tx, target.id, id);
  report.run({
    event: 'held',
    ...(run ? { run: run.id } : {}),
    plan: id,
    removals,
    guard: verdict,
    expiresAt: expiresAt.toISOString(),
  });
  tx.afterCommit(() => {
    writer.metrics.held.inc({ limit: verdict.limit ?? '' });
    writer.log.warn(
      { target: target.target, plan: id, removals, limit: verdict.limit },
      'removals are held for a decision',
    );
  });
  return { verdict, held };
};
