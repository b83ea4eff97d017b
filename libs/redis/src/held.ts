import type { Clock } from './clock.js';

interface Holding {
  readonly value: string;
  readonly until: number;
}

/** What is held for a time, in this process; each method is one step, as the scripts are in Redis. */
export class Held {
  readonly #held = new Map<string, Holding>();

  constructor(private readonly clock: Clock) {}

  valueOf(key: string): string | undefined {
    const holding = this.#held.get(key);
    if (holding && holding.until <= this.clock()) this.#held.delete(key);
    return this.#held.get(key)?.value;
  }

  take(key: string, value: string, ttlMs: number): boolean {
    const held = this.valueOf(key);
    if (held !== undefined && held !== value) return false;
    this.#held.set(key, { value, until: this.clock() + ttlMs });
    return true;
  }

  extend(key: string, value: string, ttlMs: number): boolean {
    return this.valueOf(key) === value && this.take(key, value, ttlMs);
  }

  release(key: string, value: string): void {
    if (this.valueOf(key) === value) this.#held.delete(key);
  }
}
