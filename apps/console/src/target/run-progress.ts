import type { Schema } from '../api/client.js';
import type { WriteBudget } from '../health/write-budget.js';

type Run = Schema['Run'];

/** Members that one PATCH adds: https://learn.microsoft.com/graph/api/group-post-members */
const ADDS_PER_PATCH = 20;
/** A pace seen for less long says little. */
const PACE_FROM_SECONDS = 5;

export type Budget = Pick<WriteBudget, 'perSecond' | 'patchWeight' | 'blockedSeconds'>;

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** the write budget allows no less, in s */
  readonly atLeast: number;
  /** by the pace so far, in s; null as long as there is none */
  readonly estimate: number | null;
}

/** How far a run is, and how long it takes: never less than the write budget allows. */
export const progressOf = (
  run: Pick<Run, 'adds' | 'removes' | 'counts' | 'startedAt'>,
  budget: Budget,
  now: number,
): Progress => {
  const { planned = 0, joined = 0, outcomes } = run.counts ?? {};
  const total = run.counts ? planned + joined : (run.adds ?? 0) + (run.removes ?? 0);
  const done = Math.min(
    total,
    Object.values(outcomes ?? {}).reduce((sum, count) => sum + count, 0),
  );
  const left = total - done;
  const removes = Math.min(left, Math.max(0, (run.removes ?? 0) - (outcomes?.removed ?? 0)));
  const writes = Math.ceil((left - removes) / ADDS_PER_PATCH) * budget.patchWeight + removes;
  const atLeast = left === 0 ? 0 : writes / budget.perSecond + budget.blockedSeconds;
  const seconds = (now - new Date(run.startedAt).getTime()) / 1_000;
  const paced = done > 0 && seconds >= PACE_FROM_SECONDS;
  return { done, total, atLeast, estimate: paced ? Math.max(atLeast, (left * seconds) / done) : null };
};
