import { setTimeout as pause } from 'node:timers/promises';
import { asAppError, lastWords, type AppError, type ErrorCode } from '@collection-sync/core';
import {
  deltaOfGroups,
  isDeltaOver,
  readDelta,
  wordsOfGroups,
  type DeltaGroupRow,
  type DeltaPage,
} from '@collection-sync/graph';
import type { WriterContext } from '../context.js';
import { copiedGroups, finishPass, lockCopies, loseCopies, storeWords } from '../store/copies.js';
import {
  claimDueFeed,
  claimFeed,
  finishRound,
  isAsOf,
  isKnownFailure,
  recordFailure,
  releaseFeed,
  startPass,
  storeLink,
  type Feed,
} from '../store/feeds.js';
import { reportDrift } from './report-drift.js';

/** Renewed with every page. */
const CLAIM_MS = 3 * 60_000;
const REFUSED_MS = 60 * 60_000;
/** How long a run waits for the round of another worker before it lists the group. */
const TIMEOUT_MS = 20_000;
const LOOK_MS = 200;

/** What does not pass by itself. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['GRAPH_PERMISSION_MISSING', 'GRAPH_REQUEST_REFUSED']);

/** Reads one round of the feed of a tenant that has been due longest. True when there may be more. */
export const followNext = async (writer: WriterContext, tenant: string, signal: AbortSignal): Promise<boolean> => {
  const feed = await claimDueFeed(writer.database, CLAIM_MS, tenant);
  if (!feed) return false;
  await readRound(writer, feed, signal);
  return true;
};

/** Has the copies of a feed as of a moment or later. False when Graph did not give them. */
export const freshen = async (
  writer: WriterContext,
  feed: number,
  since: Date,
  signal: AbortSignal,
): Promise<boolean> => {
  const until = performance.now() + TIMEOUT_MS;
  while (!(await isAsOf(writer.database, feed, since))) {
    const claimed = await claimFeed(writer.database, feed, CLAIM_MS);
    if (claimed) {
      if (!(await readRound(writer, claimed, signal))) return false;
      continue;
    }
    if (performance.now() > until || signal.aborted) return false;
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return true;
};

/** To the end of what Graph tells, from where the last one stopped. False when it did not come to the end. */
const readRound = async (writer: WriterContext, feed: Feed, signal: AbortSignal): Promise<boolean> => {
  try {
    const groups = (await copiedGroups(writer.database, feed.id)).map(({ group }) => group);
    if (groups.length === 0) {
      await recordFailure(writer.database, feed, 'nothing to follow', REFUSED_MS);
      return false;
    }
    const client = writer.graph.client(feed.tenant, { priority: feed.passing ? 'low' : 'normal', signal });
    const start = { link: feed.link, ...deltaOfGroups(groups) };
    for await (const page of readDelta<DeltaGroupRow>(client, start, { signal })) await storePage(writer, feed, page);
    if (feed.passing) writer.metrics.copyPasses.inc({ tenant: feed.tenant });
    await reportDrift(writer, feed.id);
    return true;
  } catch (error) {
    await recover(writer, feed, error, signal);
    return false;
  }
};

const storePage = (writer: WriterContext, feed: Feed, { items, link, last }: DeltaPage<DeltaGroupRow>): Promise<void> =>
  writer.database.transaction(async (tx) => {
    await storeLink(tx, feed, link, CLAIM_MS);
    const targets = new Map((await lockCopies(tx, feed.id)).map(({ target, group }) => [group, target]));
    const { groups, leftOut } = wordsOfGroups(items);
    const words = lastWords(groups).flatMap((word) => {
      const target = targets.get(word.group);
      return target === undefined ? [] : [{ ...word, target }];
    });
    await storeWords(tx, feed, words);
    const lost = (of: typeof words): number[] => of.map(({ target }) => target);
    if (leftOut > 0) await loseCopies(tx, [...targets.values()], 'a row of the delta names no group');
    await loseCopies(tx, lost(words.filter(({ removed }) => removed)), 'the group is gone');
    await loseCopies(tx, lost(words.filter(({ unreadable }) => unreadable)), 'a member could not be read');
    if (!last) return;
    if (feed.passing) await finishPass(tx, feed);
    await finishRound(tx, feed, writer.settings.followMs);
  });

const recover = async (writer: WriterContext, feed: Feed, error: unknown, signal: AbortSignal): Promise<void> => {
  const { database, log, settings } = writer;
  const failure = asAppError(error);
  const about = { tenant: feed.tenant, feed: feed.id, error: failure };
  if (failure.code === 'LEASE_LOST') return log.info(about, 'another worker follows these groups');
  if (signal.aborted) return void (await releaseFeed(database, feed));
  if (isDeltaOver(failure, feed.link)) {
    log.info(about, 'reads the members of these groups anew');
    return database.transaction((tx) => startPass(tx, feed, feed.link === null ? settings.followMs : 0));
  }
  if (!isOfGraph(failure)) throw failure;
  const againInMs = REFUSED.has(failure.code) ? REFUSED_MS : (failure.retryAfterMs ?? settings.followMs);
  const known = await isKnownFailure(database, feed.tenant, failure.code);
  await recordFailure(database, feed, failure.code, againInMs);
  if (known) return;
  log.warn({ ...about, againInMs }, 'the members of these groups cannot be followed; full runs list them');
};

const isOfGraph = ({ code }: AppError): boolean => code.startsWith('GRAPH_') || code === 'REDIS_UNAVAILABLE';
