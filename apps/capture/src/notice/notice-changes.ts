import { AppError, type SourceCollection, asAppError } from '@collection-sync/core';
import type { Idle } from '@collection-sync/platform';
import type { CaptureContext } from '../context.js';
import { leftOutReason } from '../read/read-proof.js';
import { publishCollections, publishSource } from '../publish.js';
import { countMissing, requestChanged, saveListed } from '../store/collections.js';
import {
  type SourceFinding,
  claimListing,
  lockSource,
  saveSource,
  sourceNameOf,
  sourceRecordDue,
  sourceState,
} from '../store/source.js';
import { storeEach } from '../read/store-each.js';

/** Lists the source's collections when a tick is due, and requests a read of those that changed. One replica does it per tick. */
export const noticeChanges = async (context: CaptureContext, signal: AbortSignal): Promise<Idle | void> => {
  const { database, settings } = context;
  const due = await claimListing(database, settings.tickMs);
  if (due) await list(context, signal);
  if (await sourceRecordDue(database, settings.heartbeatMs))
    await database.transaction((tx) => publishSource(context, tx));
  // a site that failed works again when a listing has shown it, not when none is due
  if (!due && (await sourceState(database)).state === 'unavailable') return 'idle';
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
    const nothing = { name: null, collections: null };
    await saveFinding(context, { ...nothing, state: 'unavailable', errorCode: failure.code, reason });
    throw failure;
  } finally {
    took();
  }
};

const readListing = async (context: CaptureContext, signal: AbortSignal): Promise<SourceFinding> => {
  const { log, source } = context;
  const name = await ownSource(context, signal);
  const shown: string[] = [];
  let [ordered, leftOut] = [true, 0];
  let example: string | undefined;
  for await (const page of source.collections(signal)) {
    leftOut += page.leftOut + (await storeEach(page.items, (some) => savePage(context, name, some)));
    example ??= page.example;
    shown.push(...page.items.map(({ id }) => id));
    ordered &&= page.ordered;
  }
  if (shown.length === 0)
    throw new AppError('SOURCE_ACCESS_DENIED', 'The site shows no collections at all to this account.');
  const reason = leftOut > 0 ? leftOutReason(leftOut, 'collections', example) : null;
  // a listing that lacks some cannot say that a collection is gone
  if (ordered && leftOut === 0) await markMissing(context, shown);
  else
    log.warn(
      { collections: shown.length },
      `${reason ?? 'the listing is not in order'}; nothing is counted as missing`,
    );
  return { name, state: 'ready', errorCode: reason && 'SOURCE_ANSWER_UNREADABLE', reason, collections: shown.length };
};

/** A database that has read one source must not go on with another: every collection would seem to be gone. */
const ownSource = async ({ database, source }: CaptureContext, signal: AbortSignal): Promise<string> => {
  const [name, known] = [await source.name(signal), await sourceNameOf(database)];
  if (known && known !== name) {
    throw new AppError(
      'SOURCE_REQUEST_REFUSED',
      `The source is ${name}, but this database belongs to ${known}: use another database, or the right source`,
    );
  }
  return name;
};

const savePage = (context: CaptureContext, name: string, items: readonly SourceCollection[]): Promise<void> =>
  context.database.transaction(async (tx) => {
    await publishCollections(context, tx, await saveListed(tx, name, items));
    await requestChanged(
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
    await publishCollections(context, tx, missing);
  });

/** Publishes at once when the state of the source has changed. */
const saveFinding = (context: CaptureContext, found: SourceFinding): Promise<void> =>
  context.database.transaction(async (tx) => {
    const before = await lockSource(tx);
    await saveSource(tx, found);
    if (before.state !== found.state || before.reason !== found.reason) await publishSource(context, tx);
  });
