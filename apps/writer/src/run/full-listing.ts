import type { GroupComparison } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import { guardRemovals } from '../guard/guard-removals.js';
import { closeEmptied } from '../guard/plans.js';
import { reportCompared } from '../report/report-members.js';
import { unwantAbsentCandidates } from '../store/candidates.js';
import {
  countListed,
  countUnmanaged,
  storeAbsent,
  storeFoundAgain,
  storePresent,
  storeUnwanted,
  touchUnwanted,
} from '../store/listing.js';
import { openMergeTables } from '../store/merging.js';
import { startReading } from '../store/runs.js';
import type { ActiveRun } from './active-run.js';
import { listGroup, type Listed } from '../list-group.js';
import { planIn } from './plan-pending.js';
import { readCopy } from './read-copy.js';
import { asRefusal } from './refusal.js';

export interface GroupListing extends Listed {
  readonly by: 'listing' | 'copy';
  /** when it began, by the database's clock */
  readonly listedFrom: Date;
}

/** Streams the group's members into staging: from its copy where that is enough, else as Graph lists them. */
export const readGroup = async (active: ActiveRun): Promise<GroupListing> => {
  const { writer, run, client, group, signal } = active;
  const listedFrom = await startReading(writer.database, run.id);
  const goOn = (): boolean => {
    active.throwIfStopped();
    return true;
  };
  const copied = await readCopy(active, listedFrom);
  writer.metrics.fullRunReads.inc({ by: copied ? 'copy' : 'listing' });
  if (copied) {
    await active.point('writer.listed');
    return { ...copied, by: 'copy', listedFrom };
  }
  try {
    const listed = await listGroup(writer.database, client, group, { listing: run.id, names: true, signal, goOn });
    await active.point('writer.listed');
    return { ...listed, by: 'listing', listedFrom };
  } catch (error) {
    throw await asRefusal(active, error);
  }
};

/**
 * After the last page, in one transaction: the ledger learns who is in the group and who is not, what nobody wants becomes removals, the guard
 * judges them, and the run has its plan. Where the listing contradicts one of our own calls of the last minutes, the listing may be late: those
 * objects are asked one by one.
 */
export const compareWithGroup = (active: ActiveRun, listing: GroupListing): Promise<void> =>
  active.fenced(async (session) => {
    const { tx, target } = session;
    const { writer, run } = active;
    const { listingLagMs } = writer.settings;
    const { listedFrom } = listing;
    await openMergeTables(tx);
    const removals = await touchUnwanted(tx, target.id, run.id, listedFrom, listingLagMs);
    await storePresent(tx, target.id, run.id, listedFrom, listingLagMs);
    await unwantAbsentCandidates(tx, target.id, run.id, listedFrom, listingLagMs);
    await storeAbsent(tx, target.id, run.id, listedFrom, listingLagMs);
    await storeUnwanted(tx, target.id, run.id);
    const { verdict, held } = await guardRemovals(session, removals, run);
    await storeFoundAgain(tx, target.id, run.id);
    await closeEmptied(session);
    const comparison = await comparisonOf(active, tx, listing);
    await planIn(active, session, { verdict, held, comparison });
    await reportCompared(session);
  });

const comparisonOf = async (
  { writer, target, run, log }: ActiveRun,
  tx: Tx,
  { by, counted, refused, listedFrom }: GroupListing,
): Promise<GroupComparison> => {
  const { listed, leaving } = await countListed(tx, target, run.id, listedFrom, writer.settings.listingLagMs);
  const unmanaged = await countUnmanaged(tx, target);
  const found = { by, listed, unmanaged };
  const hidden = unseenBy({ counted, refused }, listed + leaving);
  const { unseen = 0 } = hidden;
  if (unseen > 0) log.warn({ counted, listed, unseen, refused }, 'Graph counts members that it does not list');
  return { ...found, ...hidden };
};

/** What Graph refuses to show matters only where it counts more members than it shows, or does not count them. */
export const unseenBy = ({ counted, refused }: Listed, seen: number): Pick<GroupComparison, 'unseen' | 'refused'> => {
  if (counted === undefined) return refused ? { refused } : {};
  const unseen = Math.max(0, counted - seen);
  return { unseen, ...(refused && unseen > 0 ? { refused } : {}) };
};
