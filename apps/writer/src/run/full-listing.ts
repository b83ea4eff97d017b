import { listMembers } from '@collection-sync/graph';
import { guardRemovals } from '../guard/guard-removals.js';
import { closeEmptied } from '../guard/plans.js';
import { reportCompared } from '../report/report-members.js';
import {
  storeAbsent,
  storeFoundAgain,
  storePage,
  storePresent,
  storeUnwanted,
  touchUnwanted,
} from '../store/listing.js';
import { openMergeTables } from '../store/merging.js';
import { startReading } from '../store/runs.js';
import type { ActiveRun } from './active-run.js';
import { planIn } from './plan-pending.js';
import { asRefusal } from './refusal.js';

/** Streams the group's members into staging. Answers when the listing began, by the database's clock. */
export const readGroup = async (active: ActiveRun): Promise<Date> => {
  const { writer, run, client, group } = active;
  const listedFrom = await startReading(writer.database, run.id);
  const pages = listMembers(client, group, { signal: active.signal });
  try {
    for await (const { items } of pages) {
      active.throwIfStopped();
      await storePage(
        writer.database,
        run.id,
        items.map(({ id }) => id.toLowerCase()),
      );
    }
  } catch (error) {
    throw await asRefusal(active, error);
  }
  await active.point('writer.listed');
  return listedFrom;
};

/**
 * After the last page, in one transaction: the ledger learns who is in the group and who is not, what nobody wants becomes removals, the guard
 * judges them, and the run has its plan. Where the listing contradicts one of our own calls of the last minutes, the listing may be late: those
 * objects are asked one by one.
 */
export const compareWithGroup = (active: ActiveRun, listedFrom: Date): Promise<void> =>
  active.fenced(async (tx, target, report) => {
    const { writer, run } = active;
    const { listingLagMs } = writer.settings;
    await openMergeTables(tx);
    const removals = await touchUnwanted(tx, target.id, run.id, listedFrom, listingLagMs);
    await storePresent(tx, target.id, run.id, listedFrom, listingLagMs);
    await storeAbsent(tx, target.id, run.id, listedFrom, listingLagMs);
    await storeUnwanted(tx, target.id, run.id);
    const { verdict, held } = await guardRemovals(writer, tx, target, report, removals, run);
    await storeFoundAgain(tx, target.id, run.id);
    await closeEmptied(tx, target, report);
    await planIn(active, tx, report, { verdict, held });
    await reportCompared(tx, target, report);
  });
