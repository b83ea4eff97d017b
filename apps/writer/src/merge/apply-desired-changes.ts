import type { GuardVerdict } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import { guardRemovals } from '../guard/guard-removals.js';
import { unansweredCalls } from '../store/calls.js';
import { countSuperseded, unwantTouched, wantTouched } from '../store/merging.js';
import { addTally, openRun, type Run } from '../store/runs.js';
import type { Target } from '../store/targets.js';
import type { TargetSession } from '../target-session.js';

/**
 * Stores the desired states that changed among the touched objects, guards the removals among them, and keeps the account of the run that is under
 * way: the changes before are superseded, those that are to be done now have joined it. Answers what the guard said of the removals.
 */
export const applyDesiredChanges = async (session: TargetSession): Promise<GuardVerdict | undefined> => {
  const { tx, target } = session;
  const open = await openRun(tx, target.id);
  const run = open?.phase === 'applying' ? open : undefined;
  const underWay = await objectsUnderWay(tx, target);
  const former = run && (await countSuperseded(tx, target.id, run.id));
  const adds = await wantTouched(tx, target.id, underWay);
  const removals = await unwantTouched(tx, target.id, underWay);
  const guarded = removals > 0 ? await guardRemovals(session, removals) : undefined;
  if (run && former) await account(tx, run, former, adds + removals - (guarded?.held ?? 0));
  return guarded?.verdict;
};

const objectsUnderWay = async (tx: Tx, target: Target): Promise<string[]> =>
  (await unansweredCalls(tx, target.id)).flatMap(({ operations }) => operations.flatMap(({ objects }) => objects));

const account = (
  tx: Tx,
  run: Run,
  former: { pending: number; failed: number; held: number },
  joined: number,
): Promise<unknown> =>
  addTally(tx, run.id, {
    superseded: former.pending + former.failed + former.held,
    failed: -former.failed,
    held: -former.held,
    joined,
  });
