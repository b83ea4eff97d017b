import type { GroupComparison, GuardVerdict } from '@collection-sync/core';
import { countPending } from '../store/pending.js';
import { joinRetries, joinSecondLooks } from '../store/retries.js';
import { addTally, startApplying } from '../store/runs.js';
import type { TargetSession } from '../target-session.js';
import type { ActiveRun } from './active-run.js';

/** From here on the run accounts for every change of desired state. */
export const planPending = (active: ActiveRun): Promise<void> => active.fenced((session) => planIn(active, session));

/** The same within a transaction that has just compared the ledger with the group, and may have held some of the removals. */
export const planIn = async (
  active: ActiveRun,
  { tx, report }: TargetSession,
  compared: { verdict?: GuardVerdict; held: number; comparison?: GroupComparison } = { held: 0 },
): Promise<void> => {
  const { id, kind } = active.run;
  await joinRetries(tx, active.target, id);
  await joinSecondLooks(tx, active.target);
  const { adds, removes } = await countPending(tx, active.target);
  await startApplying(tx, id, adds + removes + compared.held, compared.verdict);
  if (compared.held > 0) await addTally(tx, id, { held: compared.held });
  report.run({
    event: 'planned',
    run: id,
    kind,
    adds,
    removes,
    ...(compared.verdict ? { guard: compared.verdict } : {}),
    ...(compared.comparison ? { comparison: compared.comparison } : {}),
  });
};
