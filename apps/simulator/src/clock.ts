/** The simulated time. It runs `scale` times as fast as the wall clock and can be advanced; quotas, lags and stamps all use it. */
export class Clock {
  #base: number;
  #since = performance.now();
  readonly #now: () => number;

  constructor(
    readonly scale = 1,
    start = Date.now(),
    now: () => number = () => performance.now(),
  ) {
    this.#base = start;
    this.#now = now;
    this.#since = now();
  }

  /** Milliseconds since the epoch, in simulated time. */
  now(): number {
    return this.#base + (this.#now() - this.#since) * this.scale;
  }

  advance(ms: number): void {
    this.#base += ms;
  }

  /** What a span of simulated milliseconds lasts for a caller. */
  toCaller(ms: number): number {
    return ms / this.scale;
  }

  /** Waits for a span of simulated milliseconds; nobody is kept alive by it. */
  async wait(ms: number): Promise<void> {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, this.toCaller(ms)).unref());
  }
}

/** `2026-05-01T10:00:00Z`: both products print whole seconds. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** With the fraction of a second, if there is one, and no zeros at its end. */
export function isoFraction(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z');
}
