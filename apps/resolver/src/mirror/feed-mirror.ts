import { asAppError, type AppError } from '@collection-sync/core';
import { isDeltaOver, readDelta, type DeltaPage } from '@collection-sync/graph';
import type { Idle } from '@collection-sync/platform';
import type { ResolverContext } from '../context.js';
import { unreadable } from '../report/describe-directory.js';
import { reportDirectory } from '../report/report-directory.js';
import {
  feedIsDue,
  finishPass,
  lockFeed,
  planNextRound,
  recordFailure,
  repeatPass,
  startPass,
  storeCursor,
  takeFeed,
  type FeedRow,
} from '../store/feeds.js';
import type { Kind } from '../store/kinds.js';
import { countPass, storeObjects, sweepObjects } from '../store/objects.js';
import { announceChanges } from './announce-changes.js';
import { objectsOf, type DeltaItem } from './delta-item.js';
import { doubtPass } from './doubt-pass.js';
import { TRACKED } from './tracked.js';
import { whileHolding } from './while-holding.js';

const SWEEP_OBJECTS = 5_000;
const PROGRESS_MS = 1_000;
const RETRY_MS = 5_000;

/** Keeps the mirror of one kind of one tenant equal to the directory. Any number of replicas may have one; one of them reads at a time. */
export class FeedMirror {
  /** passes begun again without one page in between */
  #restarts = 0;
  #reportedProgressAt = 0;

  readonly #context: ResolverContext;
  readonly #tenant: string;
  readonly #kind: Kind;

  constructor(context: ResolverContext, tenant: string, kind: Kind) {
    this.#context = context;
    this.#tenant = tenant;
    this.#kind = kind;
  }

  /** One round, if it is due and no other replica is at it: on from where the last one stopped, to the end of what Graph lists. */
  async round(stop: AbortSignal): Promise<boolean | Idle> {
    const { database, locks, owner, settings } = this.#context;
    if (!(await feedIsDue(database, this.#tenant, this.#kind))) return 'idle';
    const lock = { name: `mirror:${this.#tenant}:${this.#kind}`, owner, ttlMs: settings.lockMs };
    return (await whileHolding(locks, lock, stop, (signal) => this.#roundUnderLock(signal))) ?? 'idle';
  }

  async #roundUnderLock(signal: AbortSignal): Promise<boolean | Idle> {
    const { database, settings } = this.#context;
    // the replica that held the lock may just have finished
    if (!(await feedIsDue(database, this.#tenant, this.#kind))) return 'idle';
    const feed = await takeFeed(database, this.#tenant, this.#kind, TRACKED[this.#kind].select);
    try {
      if (feed.phase !== 'sweep') await this.#readToTheEnd(feed, signal);
      if (feed.phase !== 'delta' && !(await this.#endPass(feed))) return true;
      await planNextRound(database, feed, settings.feedEveryMs);
      return false;
    } catch (error) {
      return await this.#recover(feed, asAppError(error), signal);
    }
  }

  async #readToTheEnd(feed: FeedRow, signal: AbortSignal): Promise<void> {
    const { graph, settings, metrics } = this.#context;
    const { path, select } = TRACKED[this.#kind];
    // mirrors feed everybody, so they read as interactive traffic
    const client = graph.client(this.#tenant, { priority: feed.phase === 'delta' ? 'normal' : 'low' });
    const start = { link: feed.link, path, query: { $select: select } };
    const pages = readDelta<DeltaItem>(client, start, { signal, deadlineMs: settings.pageDeadlineMs });
    for await (const page of pages) {
      metrics.pages.inc({ kind: this.#kind });
      await settings.onPoint?.('resolver.page-read');
      await this.#storePage(feed, page);
      this.#restarts = 0;
      await settings.onPoint?.('resolver.page-stored');
    }
  }

  async #storePage(feed: FeedRow, page: DeltaPage<DeltaItem>): Promise<void> {
    const { link, last } = page;
    const { objects, leftOut } = objectsOf(this.#kind, page.items);
    await this.#context.database.transaction(async (tx) => {
      const now = await lockFeed(tx, feed);
      const differences = await storeObjects(tx, now, objects, feed.checkedAt);
      const grown = differences.reduce(
        (sum, { change }) => sum + (change === 'appeared' ? 1 : change === 'gone' ? -1 : 0),
        0,
      );
      const phase = now.phase === 'pass' && last ? 'sweep' : now.phase;
      await storeCursor(tx, now, { phase, link, listed: objects.length, grown, leftOut });
      await announceChanges(this.#context, tx, now, differences);
      if (now.failingMs !== null || leftOut > 0) await reportDirectory(this.#context, this.#tenant, { tx });
    });
    if (leftOut > 0) this.#countLeftOut(leftOut);
    if (feed.ready || performance.now() - this.#reportedProgressAt < PROGRESS_MS) return;
    this.#reportedProgressAt = performance.now();
    await reportDirectory(this.#context, this.#tenant, { progress: true });
  }

  #countLeftOut(rows: number): void {
    const { log, metrics } = this.#context;
    metrics.leftOut.inc({ kind: this.#kind }, rows);
    log.warn({ tenant: this.#tenant, kind: this.#kind, rows }, unreadable(this.#kind, rows));
  }

  /**
   * What the pass did not list is gone, whether it was deleted while nobody looked or the removal got lost; whoever a row that was left out
   * stands for is not. False: not believed.
   */
  async #endPass(feed: FeedRow): Promise<boolean> {
    const { database, log, metrics, settings } = this.#context;
    if (await this.#repeatDoubtedPass(feed)) return false;
    for (let more = true; more;) {
      more = await database.transaction(async (tx) => {
        const now = await lockFeed(tx, feed);
        const gone = now.leftOut > 0 ? [] : await sweepObjects(tx, now, SWEEP_OBJECTS);
        await announceChanges(this.#context, tx, now, gone);
        if (gone.length === SWEEP_OBJECTS) return true;
        await finishPass(tx, now);
        await reportDirectory(this.#context, this.#tenant, { tx });
        return false;
      });
    }
    metrics.passes.inc({ kind: this.#kind });
    log.info({ tenant: this.#tenant, kind: this.#kind }, 'a full pass over the directory has ended');
    await settings.onPoint?.('resolver.pass-finished');
    return true;
  }

  async #repeatDoubtedPass(feed: FeedRow): Promise<boolean> {
    const { database, log, metrics, settings } = this.#context;
    const doubt = await database.transaction(async (tx) => {
      const now = await lockFeed(tx, feed);
      const why = doubtPass(this.#kind, await countPass(tx, now));
      if (why === undefined) return undefined;
      await repeatPass(tx, now, why, Math.min(settings.feedEveryMs, RETRY_MS));
      await reportDirectory(this.#context, this.#tenant, { tx });
      return why;
    });
    if (doubt === undefined) return false;
    metrics.doubted.inc({ kind: this.#kind });
    log.warn({ tenant: this.#tenant, kind: this.#kind }, `the full listing of the directory is not believed: ${doubt}`);
    return true;
  }

  async #recover(feed: FeedRow, error: AppError, signal: AbortSignal): Promise<boolean | Idle> {
    const { database, log, settings } = this.#context;
    const about = { tenant: this.#tenant, kind: this.#kind };
    if (error.code === 'LEASE_LOST' || signal.aborted) {
      log.info({ ...about, error: error.message }, 'leaves the mirror to another replica');
      return 'idle';
    }
    if (isDeltaOver(error, feed.link)) {
      log.info({ ...about, error: error.message }, 'reads the whole directory again');
      await database.transaction(async (tx) => startPass(tx, await lockFeed(tx, feed)));
      this.#restarts += 1;
      if (this.#restarts === 1) return true;
    }
    const againInMs = error.retryAfterMs ?? Math.min(settings.feedEveryMs, RETRY_MS);
    // while the database itself is away this fails too, and health says so
    await recordFailure(database, feed, { code: error.code, reason: error.message, againInMs });
    await reportDirectory(this.#context, this.#tenant);
    throw error;
  }
}
