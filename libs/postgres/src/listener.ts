import { backoffMs } from '@collection-sync/core';
import { pause, whenAborted } from './pause.js';
import type { OwnSession } from './session.js';

/** LISTEN that survives: reconnects by itself, and calls `on` after each reconnect since a notification may have been missed. */
export class Listener {
  readonly #stop = new AbortController();
  readonly #first = Promise.withResolvers<void>();
  readonly #ended: Promise<void>;

  constructor(
    readonly open: () => Promise<OwnSession>,
    readonly channel: string,
    readonly on: () => void,
  ) {
    this.#ended = this.#keep();
  }

  /** When the first attempt has ended, well or not. */
  get attempted(): Promise<void> {
    return this.#first.promise;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0, first = true; !signal.aborted; first = false) {
      try {
        await this.#listenUntilLost(first);
        failures = 0;
      } catch {
        this.#first.resolve();
        failures += 1;
      }
      await pause(backoffMs({ firstMs: 100, maxMs: 5_000 }, failures + 1), signal);
    }
  }

  async #listenUntilLost(first: boolean): Promise<void> {
    const session = await this.open();
    try {
      await session.notifications(this.channel, this.on);
      this.#first.resolve();
      if (!first) this.on();
      await whenAborted(AbortSignal.any([session.released, this.#stop.signal]));
    } finally {
      await session.close();
    }
  }
}
