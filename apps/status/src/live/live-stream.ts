import type { ServerResponse } from 'node:http';

/** What a reader may leave unread. */
const UNREAD_BYTES = 64 * 1_024;
const HEARTBEAT_MS = 15_000;

export interface StreamEvent {
  readonly id?: number;
  readonly type: string;
  readonly data: object;
}

/**
 * One reader's server-sent events. It ends at its time, when the reader leaves, and when the reader does not read: what it missed it finds
 * out by reading everything again, as after any lost connection.
 */
export class LiveStream {
  readonly #response: ServerResponse;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly closed: Promise<void>;

  /** @param endsAt ms since 1970 */
  constructor(response: ServerResponse, endsAt: number | undefined) {
    this.#response = response;
    this.closed = new Promise((resolve) => response.once('close', resolve));
    void this.closed.then(() => this.#timers.forEach(clearTimeout));
    this.#timers.push(setInterval(() => this.send({ type: 'heartbeat', data: {} }), HEARTBEAT_MS));
    if (endsAt !== undefined) this.#endAt(endsAt);
    this.send({ type: 'hello', data: {} });
  }

  send({ id, type, data }: StreamEvent): void {
    if (this.#response.writableEnded) return;
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.#response.write(`${head}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    if (this.#response.writableLength > UNREAD_BYTES) this.#response.destroy();
  }

  end(): void {
    this.#response.end();
  }

  /** A timer takes 24 days at most. */
  #endAt(at: number): void {
    const left = at - Date.now();
    if (left <= 0) this.end();
    else this.#timers.push(setTimeout(() => this.#endAt(at), Math.min(left, 2 ** 31 - 1)));
  }
}
