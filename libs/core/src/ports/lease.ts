/**
 * The lock that lets one run at a time touch a target. Its value names the epoch, a random claim id and the collection.
 * Two implementations: Redis, in-process. All calls reject with REDIS_UNAVAILABLE (retryable) when the store is away.
 */
export interface LeaseClaim {
  readonly target: string;
  readonly epoch: number;
  readonly claim: string;
  readonly collection: string;
}

export abstract class LeaseStore {
  /** One atomic step: takes the lease if nobody holds it. False if another claim does. */
  abstract take(claim: LeaseClaim, ttlMs: number): Promise<boolean>;
  /** One atomic step: extends the lease if it is still this claim's. A missing lease is never taken again here. */
  abstract extend(claim: LeaseClaim, ttlMs: number): Promise<boolean>;
  /** One atomic step: removes the lease if it is still this claim's. */
  abstract release(claim: LeaseClaim): Promise<void>;
  /** One atomic step: removes the lease of a target if its epoch is older than `epoch` (pause, delete, cancel). */
  abstract revoke(target: string, epoch: number): Promise<void>;
}

/** A plain lock with an owner, for captures of a collection and for feeding a mirror: it saves work, it proves nothing. */
export abstract class LockStore {
  abstract take(name: string, owner: string, ttlMs: number): Promise<boolean>;
  abstract extend(name: string, owner: string, ttlMs: number): Promise<boolean>;
  abstract release(name: string, owner: string): Promise<void>;
}

/** Lease time > deadline of a call: what was sent under a lease has ended, or never will, before another may hold it. */
export const LEASE_MS = 30_000;
export const CALL_DEADLINE_MS = 20_000;
