import { confirmedDifferences, partsOfTarget } from '@collection-sync/core';
import type { WriterContext } from '../context.js';
import { listGroup } from '../list-group.js';
import { differencesOf, loseCopies } from '../store/copies.js';
import { lockChecked, storeChecked, takeCopyToCheck, type CopyToCheck } from '../store/copy-plans.js';
import { databaseClock } from '../store/feeds.js';
import { dropPages } from '../store/listing.js';
import { freshen } from './follow-groups.js';

/** Objects that a check remembers for the next one. */
const MAX_DIFFERENCES = 1_000;
const HEALTH = 'copies of groups';

/**
 * Compares one copy with a listing, each once a day. The delta is read after the listing, so that only what it has not told by then differs; what
 * the next check finds different too is told, and the copy is made anew. True when there may be more.
 */
export const checkNextCopy = async (writer: WriterContext, tenant: string, signal: AbortSignal): Promise<boolean> => {
  const { database, graph } = writer;
  const copy = await takeCopyToCheck(database, tenant);
  if (!copy) return false;
  const { group } = partsOfTarget(copy.name);
  const client = graph.writer(tenant, { priority: 'low', trafficClass: 'bulk', signal });
  const goOn = (): boolean => !signal.aborted;
  try {
    const listed = await listGroup(database, client, group, { listing: copy.checking, signal, goOn });
    if (listed && (await freshen(writer, copy.feed, await databaseClock(database), signal))) {
      await conclude(writer, copy, tenant);
    }
  } finally {
    await dropPages(database, copy.checking);
  }
  return !signal.aborted;
};

const conclude = (writer: WriterContext, copy: CopyToCheck, tenant: string): Promise<void> =>
  writer.database.transaction(async (tx) => {
    const before = await lockChecked(tx, copy);
    if (before === undefined) return;
    const { target, checking, name } = copy;
    const { listingLagMs } = writer.settings;
    const now = await differencesOf(tx, target, checking, listingLagMs, MAX_DIFFERENCES);
    const confirmed = confirmedDifferences(before, now);
    if (confirmed.length === 0) {
      await storeChecked(tx, target, now, listingLagMs);
      if (now.length === 0) tx.afterCommit(() => writer.health.set(HEALTH, { state: 'ok' }));
      return;
    }
    await loseCopies(tx, [target], `it differed from two listings in ${confirmed.length}`);
    tx.afterCommit(() => {
      const detail = `The copy of ${name} differed from two listings in ${confirmed.length} members; it is made anew, and full runs list the group until then.`;
      writer.metrics.copiesDiffer.inc({ tenant });
      writer.health.set(HEALTH, { state: 'waiting', detail });
      writer.log.warn({ target: name, objects: confirmed.slice(0, 20) }, detail);
    });
  });
