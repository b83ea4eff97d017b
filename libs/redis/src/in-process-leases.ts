import { LeaseStore, type LeaseClaim } from '@collection-sync/core';
import { monotonicClock, type Clock } from './clock.js';
import { Held } from './held.js';
import { leaseValue } from './lease-value.js';

/** Leases among the modules of one process. */
export class InProcessLeases extends LeaseStore {
  readonly #held: Held;

  constructor(clock: Clock = monotonicClock) {
    super();
    this.#held = new Held(clock);
  }

  async take(claim: LeaseClaim, ttlMs: number): Promise<boolean> {
    return this.#held.take(claim.target, leaseValue(claim), ttlMs);
  }

  async extend(claim: LeaseClaim, ttlMs: number): Promise<boolean> {
    return this.#held.extend(claim.target, leaseValue(claim), ttlMs);
  }

  async release(claim: LeaseClaim): Promise<void> {
    this.#held.release(claim.target, leaseValue(claim));
  }

  async revoke(target: string, epoch: number): Promise<void> {
    const held = this.#held.valueOf(target);
    if (held !== undefined && Number(held.split('|', 1)[0]) < epoch) this.#held.release(target, held);
  }
}
