import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureContext } from '../context.js';
import { commitRead } from './commit-read.js';
import { identifyNewMembers } from '../identify/identify-new-members.js';
import { incompleteReason, evaluatedMeanwhile, proofOf, timeMayStay, type Pass } from './read-proof.js';
import { sourceFailure } from '../source-failure.js';
import { spendRows } from '../row-budget.js';
import {
  MANY_ROWS,
  beginRead,
  clearStage,
  countStaged,
  leavers,
  refreshStatistics,
  stageMembers,
} from '../store/reads.js';
import { storeEach } from './store-each.js';

interface Confirmation {
  readonly why?: string;
  /** when the site evaluated meanwhile: who has left, each confirmed */
  readonly only?: readonly number[];
}

/**
 * Reads a collection from the site and commits what is certain. A site that does not answer, or does not agree with itself, makes a read
 * that is partial or unknown, kept with its reason; only failures of our own parts are thrown.
 */
export const readCollection = async (
  context: CaptureContext,
  collection: string,
  signal: AbortSignal,
): Promise<void> => {
  const { database, metrics, settings } = context;
  const begun = await beginRead(database, collection);
  if (!begun) return;
  const { readNo, requested, at } = begun;
  const start = performance.now();
  const took = metrics.read.startTimer();
  const pass = await agreeingPass(context, collection, readNo, signal);
  if (pass.rows >= MANY_ROWS) await refreshStatistics(database, 'stage');
  const identities = await identifyNewMembers(context, collection, readNo, signal);
  const unproven = incompleteReason(pass) ?? identities;
  const confirmed =
    unproven === undefined && evaluatedMeanwhile(pass)
      ? await confirmLeavers(context, collection, readNo, signal)
      : { ...(unproven === undefined ? {} : { why: unproven }) };
  const proof = proofOf(pass, {
    at,
    durationMs: Math.round(performance.now() - start),
    leaversConfirmed: confirmed.only?.length ?? 0,
    why: confirmed.why,
  });
  const { before } = pass;
  await commitRead(context, {
    collection,
    readNo,
    requested,
    proof,
    seen: before ? { changedAt: before.changedAt, count: before.count, settled: !timeMayStay(before) } : null,
    ...(confirmed.only ? { only: confirmed.only } : {}),
    retryMs: settings.retryMs,
    retryMaxMs: settings.retryMaxMs,
  });
  took();
  metrics.reads.inc({ verdict: proof.verdict });
};

/** Passes over the collection until one agrees with itself, a few times. */
const agreeingPass = async (
  context: CaptureContext,
  collection: string,
  readNo: number,
  signal: AbortSignal,
): Promise<Pass> => {
  const { readAttempts, readPauseMs } = context.settings;
  for (let attempt = 1; ; attempt += 1) {
    const pass = await onePass(context, collection, readNo, signal);
    if (attempt >= readAttempts || incompleteReason(pass) === undefined || pass.before === undefined) return pass;
    await clearStage(context.database, collection, readNo);
    await sleep(readPauseMs, undefined, { signal });
  }
};

const onePass = async (
  context: CaptureContext,
  collection: string,
  readNo: number,
  signal: AbortSignal,
): Promise<Pass> => {
  const { database, source } = context;
  let [pages, ordered, leftOut] = [0, true, 0];
  let example: string | undefined;
  let broken: string | undefined;
  const ask = async <T>(question: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await question();
    } catch (error) {
      broken ??= sourceFailure(error, signal);
      return undefined;
    }
  };
  if (!source.isCollectionId(collection)) broken = `${collection} is not an id of its collections`;
  const before = broken === undefined ? await ask(() => source.collection(collection, signal)) : undefined;
  if (before) {
    await ask(async () => {
      for await (const page of source.members(collection, signal)) {
        pages += 1;
        ordered &&= page.ordered;
        example ??= page.example;
        leftOut += page.leftOut;
        leftOut += await storeEach(page.items, (some) => stageMembers(database, collection, readNo, some));
        await spendRows(context, page.rows, signal);
      }
    });
  }
  const after = before && broken === undefined ? await ask(() => source.collection(collection, signal)) : undefined;
  const { rows, distinct } = await countStaged(database, collection, readNo);
  return {
    ...{ before, after, pages, rows, distinct, ordered, leftOut },
    ...(example === undefined ? {} : { example }),
    ...(broken === undefined ? {} : { broken }),
  };
};

/** The site moved rows while they were read: who seems to have left is requested for by key. */
const confirmLeavers = async (
  { database, settings, source }: CaptureContext,
  collection: string,
  readNo: number,
  signal: AbortSignal,
): Promise<Confirmation> => {
  const limit = settings.confirmedLeavers;
  const gone = await leavers(database, collection, readNo, limit + 1);
  if (gone.length > limit)
    return { why: `the site evaluated the collection meanwhile, and more than ${limit} members seem to have left` };
  try {
    const present = await Promise.all(gone.map((resource) => source.isMember(collection, resource, signal)));
    const still = present.filter(Boolean).length;
    return still > 0
      ? {
          why: `the site evaluated the collection meanwhile, and ${still} members that it did not show are still there`,
        }
      : { only: gone };
  } catch (error) {
    return { why: `who left could not be confirmed: ${sourceFailure(error, signal)}` };
  }
};
