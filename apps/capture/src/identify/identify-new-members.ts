import type { CollectionType, SourcePage, SourceResource } from '@collection-sync/core';
import type { CaptureContext } from '../context.js';
import { updateIdentities, markNotShown } from './update-identities.js';
import { sourceFailure } from '../source-failure.js';
import { spendRows } from '../row-budget.js';
import { countUnchecked, uncheckedRange, uncheckedResources } from '../store/resources.js';

const KINDS: readonly CollectionType[] = ['device', 'user'];

/**
 * Asks the source for the identities of members that were never checked. Until then it is not known whether they have one, and they do not
 * join. Returns why some are still unknown, if so.
 */
export const identifyNewMembers = async (
  context: CaptureContext,
  collection: string,
  readNo: number,
  signal: AbortSignal,
): Promise<string | undefined> => {
  for (const kind of KINDS) {
    const read = { collection, readNo, kind };
    const unchecked = await countUnchecked(context.database, read);
    if (unchecked === 0) continue;
    try {
      const { found, leftOut } = await look(context, read, unchecked, signal);
      if (leftOut > 0) return `the site sent ${leftOut} ${kind}s that cannot be understood`;
      if (found === 0) {
        return `the site shows none of the ${unchecked} ${kind}s that joined: the account may lack the right to read resources`;
      }
    } catch (error) {
      return `the identities of ${unchecked} ${kind}s could not be read: ${sourceFailure(error, signal)}`;
    }
  }
  return undefined;
};

/** With fewer than one in so many wanted, asking by key costs the site less than a scan. */
const MAX_ROWS_PER_WANTED = 20;

/** Few are requested by key; many by a scan of their range. Returns how many the site showed, and how many rows were left out. */
const look = async (
  context: CaptureContext,
  read: { collection: string; readNo: number; kind: CollectionType },
  unchecked: number,
  signal: AbortSignal,
): Promise<{ found: number; leftOut: number }> => {
  const { database, settings, source } = context;
  const { kind } = read;
  let [found, leftOut] = [0, 0];
  const keep = async (page: SourcePage<SourceResource>) => {
    found += page.items.length;
    leftOut += page.leftOut;
    await updateIdentities(context, kind, page.items);
  };
  const { first, last } = await uncheckedRange(database, read);
  const byKey = unchecked <= settings.identityBatch || last - first + 1 > unchecked * MAX_ROWS_PER_WANTED;
  if (!byKey) {
    for await (const page of source.allResources(kind, signal, first - 1)) {
      await keep(page);
      await spendRows(context, page.rows, signal);
      if ((page.items.at(-1)?.resource ?? 0) >= last) break;
    }
  }
  const requested: number[] = [];
  for (let after = 0; ;) {
    const batch = await uncheckedResources(database, { ...read, after, limit: settings.identityBatch });
    if (batch.length === 0) break;
    after = batch.at(-1) ?? after;
    if (byKey) {
      await keep(await source.resources(kind, batch, signal));
      await spendRows(context, batch.length, signal);
    }
    requested.push(...batch);
  }
  // whom the site does not show among others that it does show has no record there
  if (found > 0 && leftOut === 0) await markNotShown(context, kind, requested);
  return { found, leftOut };
};
