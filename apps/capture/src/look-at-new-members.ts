import type { CollectionType } from '@collection-sync/core';
import type { SiteResource } from '@collection-sync/configmgr';
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
      const found = await look(context, read, unlooked, signal);
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

/** Few are asked for by key; many by a scan of their range. Answers how many the site showed. */
const look = async (
  context: CaptureContext,
  read: { collection: string; readNo: number; kind: CollectionType },
  unlooked: number,
  signal: AbortSignal,
): Promise<number> => {
  const { database, settings, site } = context;
  const { kind } = read;
  let found = 0;
  const keep = async (resources: readonly SiteResource[]) => {
    found += resources.length;
    await keepIdentities(context, kind, resources);
  };
  const { first, last } = await unlookedRange(database, read);
  const byKey = unlooked <= settings.identityBatch || last - first + 1 > unlooked * SPARSE;
  if (!byKey) {
    for await (const page of site.allResources(kind, signal, first - 1)) {
      await keep(page.items);
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
  if (found > 0) await keepNotShown(context, kind, asked);
  return found;
};
