import { AppError, asAppError } from '@collection-sync/core';
import type { SiteCollection } from '@collection-sync/configmgr';
import type { Idle } from '@collection-sync/platform';
import type { CaptureContext } from './context.js';
import { leftOutReason } from './read-proof.js';
import { tellCollections, tellSite } from './records.js';
import { askChanged } from './sql/ask-changed.js';
import { claimListing } from './sql/claim-listing.js';
import { countMissing } from './sql/count-missing.js';
import { saveListed } from './sql/save-listed.js';
import { lockSite, saveSite, siteCodeOf, siteRecordDue, siteStateOf, type SiteFinding } from './sql/site-state.js';
import { storeEach } from './store-each.js';

/** Lists the site's collections when a tick is due, and asks for a read of those that changed. One replica does it per tick. */
export const noticeChanges = async (context: CaptureContext, signal: AbortSignal): Promise<Idle | void> => {
  const { database, settings } = context;
  const due = await claimListing(database, settings.tickMs);
  if (due) await list(context, signal);
  if (await siteRecordDue(database, settings.heartbeatMs)) await database.transaction((tx) => tellSite(context, tx));
  // a site that failed works again when a listing has shown it, not when none is due
  if (!due && (await siteStateOf(database)) === 'unavailable') return 'idle';
};

const list = async (context: CaptureContext, signal: AbortSignal): Promise<void> => {
  const took = context.metrics.listing.startTimer();
  try {
    await saveFinding(context, await readListing(context, signal));
    context.wake();
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code === 'SHUTTING_DOWN' || signal.aborted) return;
    const reason = `${failure.message}. ${failure.advice}`;
    const nothing = { code: null, collections: null };
    await saveFinding(context, { ...nothing, state: 'unavailable', errorCode: failure.code, reason });
    throw failure;
  } finally {
    took();
  }
};

const readListing = async (context: CaptureContext, signal: AbortSignal): Promise<SiteFinding> => {
  const { log, site } = context;
  const code = await ownSite(context, signal);
  const shown: string[] = [];
  let [ordered, leftOut] = [true, 0];
  let example: string | undefined;
  for await (const page of site.collections(signal)) {
    leftOut += page.leftOut + (await storeEach(page.items, (some) => savePage(context, code, some)));
    example ??= page.example;
    shown.push(...page.items.map(({ id }) => id));
    ordered &&= page.ordered;
  }
  if (shown.length === 0)
    throw new AppError('SITE_ACCESS_DENIED', 'The site shows no collections at all to this account.');
  const reason = leftOut > 0 ? leftOutReason(leftOut, 'collections', example) : null;
  // a listing that lacks some cannot say that a collection is gone
  if (ordered && leftOut === 0) await markMissing(context, shown);
  else
    log.warn(
      { collections: shown.length },
      `${reason ?? 'the listing is not in order'}; nothing is counted as missing`,
    );
  return { code, state: 'ready', errorCode: reason && 'SITE_ANSWER_UNREADABLE', reason, collections: shown.length };
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
