import { AppError, asAppError } from '@collection-sync/core';
import type { SiteCollection } from '@collection-sync/configmgr';
import type { CaptureContext } from './context.js';
import { tellCollections, tellSite } from './records.js';
import { askChanged } from './sql/ask-changed.js';
import { claimListing } from './sql/claim-listing.js';
import { countMissing } from './sql/count-missing.js';
import { saveListed } from './sql/save-listed.js';
import { lockSite, saveSite, siteCodeOf, siteRecordDue, type SiteFinding } from './sql/site-state.js';

/** Lists the site's collections when a tick is due, and asks for a read of those that changed. One replica does it per tick. */
export const noticeChanges = async (context: CaptureContext, signal: AbortSignal): Promise<void> => {
  const { database, settings } = context;
  if (await claimListing(database, settings.tickMs)) await list(context, signal);
  if (await siteRecordDue(database, settings.heartbeatMs)) await database.transaction((tx) => tellSite(context, tx));
};

const list = async (context: CaptureContext, signal: AbortSignal): Promise<void> => {
  const { log, metrics, site } = context;
  const took = metrics.listing.startTimer();
  try {
    const code = await ownSite(context, signal);
    const shown: string[] = [];
    let sound = true;
    for await (const page of site.collections(signal)) {
      await savePage(context, code, page.items);
      shown.push(...page.items.map(({ id }) => id));
      sound &&= page.sound;
    }
    if (shown.length === 0)
      throw new AppError('SITE_SIGN_IN_REFUSED', 'The site shows no collections at all to this account.');
    // a listing that broke its order may lack some; only a sound one can say that a collection is gone
    if (sound) await markMissing(context, shown);
    else
      log.warn(
        { collections: shown.length },
        'the listing of collections came in disorder; nothing is counted as missing',
      );
    await saveFinding(context, { code, state: 'ready', errorCode: null, reason: null, collections: shown.length });
    context.wake();
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code === 'SHUTTING_DOWN' || signal.aborted) return;
    if (!failure.code.startsWith('SITE_')) throw error;
    const reason = `${failure.message}. ${failure.advice}`;
    await saveFinding(context, {
      code: null,
      state: 'unavailable',
      errorCode: failure.code,
      reason,
      collections: null,
    });
    throw failure;
  } finally {
    took();
  }
};

/** A database that has read one site must not go on with another: every collection would seem to be gone. */
const ownSite = async ({ database, site }: CaptureContext, signal: AbortSignal): Promise<string> => {
  const [code, known] = [await site.siteCode(signal), await siteCodeOf(database)];
  if (known && known !== code) {
    throw new AppError(
      'SITE_REQUEST_REFUSED',
      `The site is ${code}, but this database belongs to the site ${known}: use another database, or the right ADMINSERVICE_URL`,
    );
  }
  return code;
};

const savePage = (context: CaptureContext, code: string, items: readonly SiteCollection[]): Promise<void> =>
  context.database.transaction(async (tx) => {
    await tellCollections(context, tx, await saveListed(tx, code, items));
    await askChanged(
      tx,
      items.map(({ id }) => id),
    );
  });

const markMissing = (context: CaptureContext, shown: readonly string[]): Promise<void> =>
  context.database.transaction(async (tx) => {
    const missing = await countMissing(tx, shown);
    if (missing.length > 0)
      context.log.warn(
        { collections: missing },
        'collections are gone from the site; nobody is removed, decide what becomes of them',
      );
    await tellCollections(context, tx, missing);
  });

/** Tells at once when the state of the site has changed. */
const saveFinding = (context: CaptureContext, found: SiteFinding): Promise<void> =>
  context.database.transaction(async (tx) => {
    const before = await lockSite(tx);
    await saveSite(tx, found);
    if (before.state !== found.state || before.reason !== found.reason || before.code === null)
      await tellSite(context, tx);
  });
