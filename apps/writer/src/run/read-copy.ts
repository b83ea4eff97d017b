import { whyList } from '@collection-sync/core';
import { freshen } from '../copy/follow-groups.js';
import { compareWithLedger, storeCopyAsPage, usableCopy } from '../store/copies.js';
import { isListingRequested } from '../store/full-reasons.js';
import { dropPages } from '../store/listing.js';
import type { ActiveRun } from './active-run.js';
import { listBeside, type Listed } from '../list-group.js';

/**
 * The group's members from its copy, as of the beginning of this run, if they are what the ledger says and as many as Graph counts. Whatever
 * there is to conclude is concluded from a listing: undefined where one is needed.
 */
export const readCopy = async (active: ActiveRun, listedFrom: Date): Promise<Listed | undefined> => {
  const { writer, run, target, signal, log } = active;
  const { database } = writer;
  if (await isListingRequested(database, target, run.id)) return undefined;
  const copy = await usableCopy(database, target);
  if (!copy) return undefined;
  try {
    if (await freshen(writer, copy.feed, listedFrom, signal)) {
      const { listed, why } = await compareCopy(active);
      if (why === undefined) return listed;
      log.info({ why }, 'the group is listed');
    }
  } catch (error) {
    active.throwIfStopped();
    log.warn({ error }, 'the copy of the group cannot be used; it is listed');
  }
  active.throwIfStopped();
  await dropPages(database, run.id);
  return undefined;
};

const compareCopy = async (active: ActiveRun): Promise<{ listed?: Listed; why?: string }> => {
  const { writer, run, target, client, group, signal } = active;
  await storeCopyAsPage(writer.database, target, run.id);
  const goOn = (): boolean => {
    active.throwIfStopped();
    return true;
  };
  const listed = await listBeside(writer.database, client, group, { listing: run.id, signal, goOn });
  const ledger = await compareWithLedger(writer.database, target, run.id);
  return { listed, why: whyList({ ...ledger, counted: listed?.counted }) };
};
