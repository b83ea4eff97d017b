import { AppError, type LockStore } from '@collection-sync/core';

/**
 * Does `work` while this owner holds the lock, renewing it meanwhile; undefined when another one holds it. The signal is aborted
 * when the lock is lost or `stop` is.
 */
export const whileHolding = async <T>(
  locks: LockStore,
  lock: { readonly name: string; readonly owner: string; readonly ttlMs: number },
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> => {
  const { name, owner, ttlMs } = lock;
  if (!(await locks.take(name, owner, ttlMs))) return undefined;
  const lost = new AbortController();
  let heldUntil = performance.now() + ttlMs;
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    const held = await locks.extend(name, owner, ttlMs).catch(() => undefined);
    if (held) heldUntil = asked + ttlMs;
    if (held === false || performance.now() >= heldUntil)
      lost.abort(new AppError('LEASE_LOST', `the lock ${name} was lost`));
  };
  const timer = setInterval(() => void renew(), ttlMs / 3);
  try {
    return await work(AbortSignal.any([stop, lost.signal]));
  } finally {
    clearInterval(timer);
    await locks.release(name, owner).catch(() => undefined);
  }
};
