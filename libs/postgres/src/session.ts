import pg from 'pg';
import type { Answers } from './answers.js';
import type { Session } from './queryable.js';
import { runStatement } from './run-statement.js';
import { translateConnectError, translateError } from './translate-error.js';

/** One connection outside the pool. */
export class OwnSession implements Session {
  readonly #client: pg.Client;
  readonly #released = new AbortController();

  private constructor(
    config: pg.ClientConfig,
    readonly answers: Answers,
  ) {
    this.#client = new pg.Client(config);
    this.#client.on('error', () => this.#released.abort());
    this.#client.on('end', () => this.#released.abort());
  }

  static async open(config: pg.ClientConfig, answers: Answers): Promise<OwnSession> {
    const session = new OwnSession(config, answers);
    try {
      await session.#client.connect();
      return session;
    } catch (error) {
      await session.close();
      throw translateConnectError(error);
    }
  }

  get released(): AbortSignal {
    return this.#released.signal;
  }

  async query<R>(text: string, params?: unknown[]): Promise<R[]> {
    return (await runStatement(this.#client, text, params, this.answers)).rows as R[];
  }

  async execute(text: string, params?: unknown[]): Promise<number> {
    return (await runStatement(this.#client, text, params, this.answers)).count;
  }

  async notifications(channel: string, on: () => void): Promise<void> {
    this.#client.on('notification', (message) => {
      if (message.channel === channel) on();
    });
    try {
      await this.#client.query(`listen ${this.#client.escapeIdentifier(channel)}`);
    } catch (error) {
      throw translateError(error);
    }
  }

  /** Ends the connection, and with it its locks. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined);
    this.#released.abort();
  }
}
