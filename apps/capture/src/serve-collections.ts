import { randomUUID } from 'node:crypto';
import { AppError, asAppError, type LockStore } from '@collection-sync/core';
import { traced } from '@collection-sync/platform';
import type { CaptureContext } from './context.js';
import { readCollection } from './read/read-collection.js';
import { sendContent } from './send/send-content.js';
import { answerCommands } from './command/answer-commands.js';
import { publishCollections } from './publish.js';
import { type Claim, claimCollections, extendClaim, releaseClaim } from './store/claims.js';
import { lockCollection, saveFailure } from './store/collections.js';

/** Serves as many collections at once as there are slots: some stay free for what is urgent. */
export class CollectionServer {
  readonly #running = new Map<string, { periodic: boolean; done: Promise<void> }>();

  constructor(
    private readonly context: CaptureContext,
    private readonly onFree: () => void,
  ) {}

  /** Starts what is due as far as slots are free; does not wait for it. True when there may be more. */
  async startDue(signal: AbortSignal): Promise<boolean> {
    const { database, settings } = this.context;
    const free = settings.slots - this.#running.size;
    if (free <= 0) return false;
    const periodic = [...this.#running.values()].filter((each) => each.periodic).length;
    const claims = await claimCollections(database, randomUUID(), {
      limit: free,
      periodic: periodic < settings.periodicSlots,
      claimMs: settings.claimMs,
      retryMaxMs: settings.retryMaxMs,
      rowsPerSecond: settings.rowsPerSecond,
    });
    for (const claim of claims) {
      const done = serve(this.context, claim, signal).finally(() => {
        this.#running.delete(claim.id);
        this.onFree();
      });
      this.#running.set(claim.id, { periodic: claim.periodic, done });
    }
    return claims.length === free && claims.length > 0;
  }

  async drained(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
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
