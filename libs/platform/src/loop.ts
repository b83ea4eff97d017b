import { backoffMs } from '@collection-sync/core';
import { setImmediate } from 'node:timers/promises';
import { fingerprint, isRetryable, messageOf } from './describe-error.js';
import type { Health } from './health.js';
import type { Logger } from './logger.js';
import { pause } from './pause.js';
import type { Worker } from './worker.js';

/** Nothing was tried, so what failed before is not known to work again. */
export type Idle = 'idle';

export interface LoopOptions {
  /** what it does; its name in log and health */
  name: string;
  everyMs: number;
  /** one round of work; true when there is more to do at once, `idle` when it could not tell whether it works */
  tick: (signal: AbortSignal) => Promise<boolean | Idle | void>;
  log: Logger;
  health?: Health;
}

const BACKOFF = { firstMs: 500, maxMs: 30_000 };

/**
 * Runs a tick again and again: at once while it answers true, else after `everyMs` or when woken. A failing tick is logged once per
 * distinct error, by the first of the loops that wait for the same, shows in health, backs off up to 30 s, and never ends the loop.
 */
export class Loop implements Worker {
  readonly #options: LoopOptions;
  #stop = new AbortController();
  #wake = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #running = false;
  #failures = 0;
  #lastError = '';
  #isTold = false;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#stop = new AbortController();
    this.#ended = this.#run(this.#stop.signal);
  }

  /** Aborts the signal of the tick and waits until it has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    this.#running = false;
  }

  /** The next tick comes at once; a loop that backs off after a failure keeps its pause. */
  wake(): void {
    this.#wake.abort();
  }

  async #run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      this.#wake = new AbortController();
      const more = await this.#attempt(stop);
      if (stop.aborted) return;
      if (this.#failures > 0) await pause(backoffMs(BACKOFF, this.#failures), stop);
      else if (more) await setImmediate();
      else await pause(this.#options.everyMs, AbortSignal.any([stop, this.#wake.signal]));
    }
  }

  async #attempt(stop: AbortSignal): Promise<boolean> {
    try {
      const done = await this.#options.tick(stop);
      if (done !== 'idle' || this.#failures === 0) this.#succeeded();
      return done === true;
    } catch (error) {
      if (!stop.aborted) this.#failed(error);
      return false;
    }
  }

  #succeeded(): void {
    const { name, log, health } = this.#options;
    const level = this.#isTold ? 'info' : 'debug';
    if (this.#failures > 0) log[level]({ loop: name, failures: this.#failures }, `${name}: works again`);
    this.#failures = 0;
    this.#lastError = '';
    this.#isTold = false;
    health?.set(name, { state: 'ok' });
  }

  #failed(error: unknown): void {
    const { name, log, health } = this.#options;
    const detail = messageOf(error);
    const isKnown = health?.isWaitedFor(detail) ?? false;
    this.#failures += 1;
    health?.set(name, { state: 'waiting', detail });
    if (fingerprint(error) === this.#lastError) return;
    this.#lastError = fingerprint(error);
    if (!isRetryable(error)) log.error({ loop: name, error }, `${name}: ${detail}`);
    else log[isKnown ? 'debug' : 'warn']({ loop: name, error }, `${name}: ${detail} Trying again.`);
    this.#isTold ||= !isKnown || !isRetryable(error);
  }
}
