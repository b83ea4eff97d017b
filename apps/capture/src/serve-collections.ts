import { randomUUID } from 'node:crypto';
import { AppError, asAppError, type LockStore } from '@collection-sync/core';
import { traced } from '@collection-sync/platform';
import type { CaptureContext } from './context.js';
import { readCollection } from './read/read-collection.js';
import { sendContent } from './send/send-content.js';
import { answerCommands } from './command/answer-commands.js';
import { publishCollections } from './publish.js';
import { type Claim, type Due, claimCollections, dueCollections, extendClaim, releaseClaim } from './store/claims.js';
import { lockCollection, saveFailure } from './store/collections.js';

/** How many times its slots a replica looks ahead: so many collections share the cost of a look. */
const SLOTS_AHEAD = 4;
/** Of all time; the rest is a pause after each look. */
const SHARE_OF_LOOKS = 0.1;

/**
 * Serves as many collections at once as there are slots: some stay free for what is urgent. A look over all collections finds what is due,
 * most urgent first; as slots get free the next ones are taken by their ids, and so are those that were just served, which may be due again.
 */
export class CollectionServer {
  readonly #running = new Map<string, { periodic: boolean; done: Promise<void> }>();
  #due: Due[] = [];
  #isLookAsked = false;
  #nextLookAt = 0;
  #pollAt = 0;
  #postponed: NodeJS.Timeout | undefined;

  /** @param startSoon has startDue called at once */
  constructor(
    private readonly context: CaptureContext,
    private readonly startSoon: () => void,
  ) {}

  /** Something may be due that the last look did not see. */
  lookAgain(): void {
    this.#isLookAsked = true;
    this.startSoon();
  }

  /** Starts what is due as far as slots are free; does not wait for it. True when there may be more. */
  async startDue(signal: AbortSignal): Promise<boolean> {
    const { database, settings } = this.context;
    if (this.#running.size >= settings.slots) return false;
    if (this.#next().length === 0) await this.#look();
    const next = this.#next();
    if (next.length === 0) return false;
    this.#due = this.#due.filter((each) => !next.includes(each));
    const ids = next.map(({ id }) => id);
    for (const claim of await claimCollections(database, randomUUID(), ids, settings)) {
      const done = serve(this.context, claim, signal).finally(() => {
        this.#running.delete(claim.id);
        this.#due.push({ id: claim.id, periodic: false });
        this.startSoon();
      });
      this.#running.set(claim.id, { periodic: claim.periodic, done });
    }
    return this.#next().length > 0 || this.#isLookAsked || performance.now() >= this.#pollAt;
  }

  async drained(): Promise<void> {
    clearTimeout(this.#postponed);
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }

  /** The next ones for which there are slots. */
  #next(): Due[] {
    const { slots, periodicSlots } = this.context.settings;
    const running = [...this.#running.values()];
    let free = slots - running.length;
    let periodic = periodicSlots - running.filter((each) => each.periodic).length;
    return this.#due.filter((each) => {
      const fits = free > 0 && (!each.periodic || periodic > 0);
      if (fits) free -= 1;
      if (fits && each.periodic) periodic -= 1;
      return fits;
    });
  }

  async #look(): Promise<void> {
    const { database, settings } = this.context;
    const began = performance.now();
    if (began < this.#nextLookAt) {
      this.#postponed ??= setTimeout(() => {
        this.#postponed = undefined;
        this.startSoon();
      }, this.#nextLookAt - began);
      return;
    }
    this.#due = [];
    this.#isLookAsked = false;
    const limit = settings.slots * SLOTS_AHEAD;
    const found = await dueCollections(database, limit, settings);
    // behind them are those that were served meanwhile
    this.#due.unshift(...found);
    this.#isLookAsked ||= found.length === limit;
    const ended = performance.now();
    this.#nextLookAt = ended + (ended - began) * (1 / SHARE_OF_LOOKS - 1);
    this.#pollAt = began + settings.pollMs;
  }
}

/** Reads if that is due, then sends what is lacking. The claim, and the lock beside it, show signs of life meanwhile. */
export const serve = async (context: CaptureContext, claim: Claim, signal: AbortSignal): Promise<void> => {
  const { database, locks, log, settings } = context;
  const lost = new AbortController();
  const inner = AbortSignal.any([signal, lost.signal]);
  const name = `capture:${claim.id}`;
  const alive = setInterval(() => {
    extendClaim(database, claim).then(
      (ours) => ours || lost.abort(),
      () => undefined,
    );
    locks.extend(name, claim.claim, settings.claimMs).catch(() => undefined);
  }, settings.claimMs / 3);
  let failed = false;
  try {
    if (!(await takeLock(locks, name, claim.claim, settings.claimMs))) {
      failed = true;
      return;
    }
    const collection = claim.id;
    await traced('serve collection', { collection }, async () => {
      if (claim.read) await traced('read collection', { collection }, () => readCollection(context, collection, inner));
      await sendContent(context, collection, inner);
      await answerCommands(context, collection);
    });
    if (claim.failing) await reportServing(context, claim.id, null);
  } catch (error) {
    if (inner.aborted) return;
    failed = true;
    const failure = asAppError(error);
    if (failure.retryable)
      log.warn({ collection: claim.id, error: failure }, `serving a collection failed: ${failure.message}`);
    else log.error({ collection: claim.id, error }, `serving a collection failed: ${failure.message}`);
    // what may pass by itself is told when it has come twice; without a database nothing can be told
    if (!failure.retryable || claim.failures > 0)
      await reportServing(context, claim.id, failure).catch(() => undefined);
  } finally {
    clearInterval(alive);
    await locks.release(name, claim.claim).catch(() => undefined);
    await releaseClaim(database, claim, failed).catch(() => undefined);
  }
};

/** Tells operators why a collection cannot be served, or that it can again. */
const reportServing = (context: CaptureContext, id: string, failure: AppError | null): Promise<void> =>
  context.database.transaction(async (tx) => {
    await lockCollection(tx, id);
    const found = failure && { code: failure.code, message: failure.message, advice: failure.advice };
    if (await saveFailure(tx, id, found)) await publishCollections(context, tx, [id]);
  });

/** The lock saves work; the database keeps the data right without it, so capture goes on while the store of locks is away. */
const takeLock = async (locks: LockStore, name: string, owner: string, ttlMs: number): Promise<boolean> => {
  try {
    return await locks.take(name, owner, ttlMs);
  } catch (error) {
    if (error instanceof AppError && error.code === 'REDIS_UNAVAILABLE') return true;
    throw error;
  }
};
