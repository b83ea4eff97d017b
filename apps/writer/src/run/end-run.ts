import type { OutcomeKind, RunCounts } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { countApplied } from '../store/entries.js';
import { countPending, countUnanswered } from '../store/pending.js';
import { finishReasons, returnReasons } from '../store/full-reasons.js';
import { dropPages } from '../store/listing.js';
import { addTally, endRun, type Run } from '../store/runs.js';
import type { Target } from '../store/targets.js';
import type { TargetSession } from '../target-session.js';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

const HANDED_OVER = 'The writer that ran it was stopped; another one goes on with it.';

/** A run that did all it could. The caller knows that nothing is pending, in this transaction. */
export const completeRun = async ({ writer, tx, target, report }: TargetSession, run: Run): Promise<void> => {
  await finishReasons(tx, run.id);
  const counts = await close(writer, tx, run, 'completed');
  const members = await countApplied(tx, target.id);
  report.run({ event: 'completed', ...named(run), counts, members }, run);
};

/** A run that cannot go on. What it was asked for is asked for still. */
export const failRun = async (
  { writer, tx, target, report }: TargetSession,
  run: Run,
  failure: Failure,
  rest: OutcomeKind = 'stopped',
): Promise<void> => {
  await returnReasons(tx, run.id);
  const ended = await accountRest(tx, target, run, rest);
  const counts = await close(writer, tx, ended, 'failed');
  report.run({ event: 'failed', ...named(run), counts, ...failure }, run);
};

/** A run whose writer stops in good order: no failure, since another writer goes on at once with what it was asked for. */
export const handOverRun = async ({ writer, tx, target, report }: TargetSession, run: Run): Promise<void> => {
  await returnReasons(tx, run.id);
  const ended = await accountRest(tx, target, run, 'stopped');
  const counts = await close(writer, tx, ended, 'cancelled');
  report.run({ event: 'cancelled', ...named(run), counts, why: HANDED_OVER }, run);
};

/** A run that was stopped from outside. */
export const cancelRun = async (
  { writer, tx, target, report }: TargetSession,
  run: Run,
  why: string,
): Promise<void> => {
  await finishReasons(tx, run.id);
  const ended = await accountRest(tx, target, run, 'stopped');
  const counts = await close(writer, tx, ended, 'cancelled');
  report.run({ event: 'cancelled', ...named(run), counts, why }, run);
};

const named = ({ id, kind, startedAt }: Run) => ({ run: id, kind, startedAt: startedAt.toISOString() });

/** What the run leaves undone: lost answers are unanswered, everything else is `rest`. */
const accountRest = async (tx: Tx, target: Target, run: Run, rest: OutcomeKind): Promise<Run> => {
  if (run.phase !== 'applying') return run;
  const { adds, removes } = await countPending(tx, target.id);
  const unanswered = await countUnanswered(tx, target.id);
  const left = adds + removes - unanswered;
  return (await addTally(tx, run.id, { unanswered, [rest]: left })) ?? run;
};

const close = async (writer: WriterContext, tx: Tx, run: Run, ending: string): Promise<RunCounts> => {
  await dropPages(tx, run.id);
  await endRun(tx, run.id, ending);
  const unaccounted = unaccountedOf(run.counts);
  tx.afterCommit(() => {
    const seconds = Math.max(0, (Date.now() - run.startedAt.getTime()) / 1_000);
    writer.metrics.runs.inc({ kind: run.kind, ending });
    writer.metrics.runSeconds.observe({ kind: run.kind }, seconds);
    for (const [outcome, count] of Object.entries(run.counts.outcomes)) writer.metrics.members.inc({ outcome }, count);
    if (unaccounted === 0) return;
    writer.metrics.unaccounted.inc(Math.abs(unaccounted));
    writer.log.error({ run: run.id, unaccounted, counts: run.counts }, 'the account of the run does not add up');
  });
  return { ...run.counts, unaccounted };
};

/** planned + joined = sum of outcomes, or the run says so. */
const unaccountedOf = ({ planned, joined, outcomes }: RunCounts): number =>
  planned + joined - Object.values(outcomes).reduce((sum, count) => sum + count, 0);
