/** A quota: `capacity` units in `periodMs`, refilled continuously (token) or at once at the start of each period (window). */
export class Bucket {
  #left: number;
  #at: number;

  constructor(
    readonly capacity: number,
    readonly periodMs: number,
    readonly model: 'token' | 'window',
    now: number,
  ) {
    this.#left = capacity;
    this.#at = now;
  }

  has(units: number, now: number): boolean {
    this.#refill(now);
    return this.#left >= units;
  }

  /** Takes units, even ones that are not there; the debt is bounded by the capacity. */
  take(units: number, now: number): void {
    this.#refill(now);
    this.#left = Math.max(-this.capacity, this.#left - units);
  }

  /** Used part of the capacity: 1 at the limit, more when rejected requests were charged. */
  used(now: number): number {
    this.#refill(now);
    return (this.capacity - this.#left) / this.capacity;
  }

  /** Milliseconds until that many units are there. */
  waitFor(units: number, now: number): number {
    this.#refill(now);
    const missing = units - this.#left;
    if (missing <= 0) return 0;
    if (this.model === 'token') return (missing * this.periodMs) / this.capacity;
    return this.#at + this.periodMs - now;
  }

  #refill(now: number): void {
    if (this.model === 'token') {
      this.#left = Math.min(this.capacity, this.#left + ((now - this.#at) * this.capacity) / this.periodMs);
      this.#at = now;
      return;
    }
    if (now < this.#at + this.periodMs) return;
    this.#at += Math.floor((now - this.#at) / this.periodMs) * this.periodMs;
    this.#left = this.capacity;
  }
}
