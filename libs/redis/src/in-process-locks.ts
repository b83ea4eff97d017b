import { LockStore } from '@collection-sync/core';
import { monotonicClock, type Clock } from './clock.js';
import { Held } from './held.js';

/** Plain locks among the modules of one process. */
export class InProcessLocks extends LockStore {
  readonly #held: Held;

  constructor(clock: Clock = monotonicClock) {
    super();
    this.#held = new Held(clock);
  }

  async take(name: string, owner: string, ttlMs: number): Promise<boolean> {
    return this.#held.take(name, owner, ttlMs);
  }

  async extend(name: string, owner: string, ttlMs: number): Promise<boolean> {
    return this.#held.extend(name, owner, ttlMs);
  }

  async release(name: string, owner: string): Promise<void> {
    this.#held.release(name, owner);
  }
}
