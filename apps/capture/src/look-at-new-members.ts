import type { CollectionType } from '@collection-sync/core';
import type { PageOf, SiteResource } from '@collection-sync/configmgr';
import type { CaptureContext } from './context.js';
import { keepIdentities, keepNotShown } from './keep-identities.js';
import { siteFailure } from './read-collection.js';
import { spendRows } from './row-budget.js';
import { countUnlooked, unlookedRange, unlookedResources } from './sql/unlooked-resources.js';

const KINDS: readonly CollectionType[] = ['device', 'user'];

/**
 * Asks the site for the identities of members that were never looked at. Until then it is not known whether they have one, and they do not
 * join. Answers why some are still unknown, if so.
 */
export const lookAtNewMembers = async (
  context: CaptureContext,
  collection: string,
  readNo: number,
  signal: AbortSignal,
): Promise<string | undefined> => {
  for (const kind of KINDS) {
    const read = { collection, readNo, kind };
    const unlooked = await countUnlooked(context.database, read);
    if (unlooked === 0) continue;
    try {
      const { found, leftOut } = await look(context, read, unlooked, signal);
      if (leftOut > 0) return `the site sent ${leftOut} ${kind}s that cannot be understood`;
      if (found === 0) {
        return `the site shows none of the ${unlooked} ${kind}s that joined: the account may lack the right to read resources`;
      }
    } catch (error) {
      return `the identities of ${unlooked} ${kind}s could not be read: ${siteFailure(error, signal)}`;
    }
  }
  return undefined;
};

/** With fewer than one in so many wanted, asking by key costs the site less than a scan. */
const SPARSE = 20;

/** Few are asked for by key; many by a scan of their range. Returns how many the site showed, and how many rows were left out. */
const look = async (
  context: CaptureContext,
  read: { collection: string; readNo: number; kind: CollectionType },
  unlooked: number,
  signal: AbortSignal,
): Promise<{ found: number; leftOut: number }> => {
  const { database, settings, site } = context;
  const { kind } = read;
  let [found, leftOut] = [0, 0];
  const keep = async (page: PageOf<SiteResource>) => {
    found += page.items.length;
    leftOut += page.leftOut;
    await keepIdentities(context, kind, page.items);
  };
  const { first, last } = await unlookedRange(database, read);
  const byKey = unlooked <= settings.identityBatch || last - first + 1 > unlooked * SPARSE;
  if (!byKey) {
    for await (const page of site.allResources(kind, signal, first - 1)) {
      await keep(page);
      await spendRows(context, page.rows, signal);
      if ((page.items.at(-1)?.resource ?? 0) >= last) break;
    }
  }
  const asked: number[] = [];
  for (let after = 0; ;) {
    const batch = await unlookedResources(database, { ...read, after, limit: settings.identityBatch });
    if (batch.length === 0) break;
    after = batch.at(-1) ?? after;
    if (byKey) {
      await keep(await site.resources(kind, batch, signal));
      await spendRows(context, batch.length, signal);
    }
    asked.push(...batch);
  }
  // whom the site does not show among others that it does show has no record there
  if (found > 0 && leftOut === 0) await keepNotShown(context, kind, asked);
  return { found, leftOut };
};
