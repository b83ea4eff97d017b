import { AppError } from '@collection-sync/core';
import pg from 'pg';
import { Answers } from './answers.js';
import { connectionConfig, type DatabaseOptions } from './connection.js';
import { Listener } from './listener.js';
import { pause } from './pause.js';
import type { Queryable, Session, Tx } from './queryable.js';
import { runStatement } from './run-statement.js';
import { OwnSession } from './session.js';
import { runTransaction } from './transaction.js';
import { breaksConnection, translateConnectError } from './translate-error.js';

const ATTEMPTS = 5;

/**
 * A pool of connections to one schema. Everything rejects with DATABASE_UNAVAILABLE (retryable) when the server is away or takes too
 * long, DATABASE_CONFLICT (retryable) when transactions met, DATABASE_VALUE_REFUSED when a value cannot be stored; other errors of the server are kept as they are.
 */
export class Database implements Queryable {
  readonly schema: string;
  readonly #pool: pg.Pool;
  readonly #options: DatabaseOptions;
  readonly #answers: Answers;
  readonly #listeners = new Set<Listener>();
  readonly #sessions = new Set<OwnSession>();
  #closed = false;

  constructor(options: DatabaseOptions) {
    this.schema = options.schema;
    this.#options = options;
    this.#answers = new Answers(options);
    this.#pool = new pg.Pool({
      ...connectionConfig(options),
      Client: clientOf(options),
      max: options.max ?? 10,
      idleTimeoutMillis: 30_000,
    });
    // a lost connection fails the statement on it, or is replaced when it was idle; it must not end the process
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<R = Record<string, unknown>>(text: string, params?: unknown[]): Promise<R[]> {
    return (await this.#withClient((client) => runStatement(client, text, params, this.#answers))).rows as R[];
  }

  async execute(text: string, params?: unknown[]): Promise<number> {
    return (await this.#withClient((client) => runStatement(client, text, params, this.#answers))).count;
  }

  /**
   * One transaction; repeated, up to five times in all, when it met another one, so `work` must be repeatable. When the connection is
   * lost during the commit the outcome is unknown and the error DATABASE_UNAVAILABLE.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { result, actions } = await this.#withClient((client) => runTransaction(client, this.#answers, work));
        for (const action of actions) action();
        return result;
      } catch (error) {
        const conflict = error instanceof AppError && error.code === 'DATABASE_CONFLICT';
        if (!conflict || attempt >= ATTEMPTS) throw error;
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /** Lends one connection of its own, outside the pool; it is ended, and its advisory locks with it, when `work` is done. */
  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#closed) throw closing();
    const session = await this.#open();
    this.#sessions.add(session);
    try {
      return await work(session);
    } finally {
      this.#sessions.delete(session);
      await session.close();
    }
  }

  /**
   * LISTEN on a connection of its own that reconnects by itself. `on` is also called after a reconnect, since a notification may have
   * been missed. Resolves after the first attempt, with what stops it; an unreachable server is tried again in the background.
   */
  async listen(channel: string, on: () => void): Promise<() => Promise<void>> {
    if (this.#closed) throw closing();
    const listener = new Listener(() => this.#open(), channel, on);
    this.#listeners.add(listener);
    await listener.attempted;
    return async () => {
      this.#listeners.delete(listener);
      await listener.stop();
    };
  }

  async ping(): Promise<void> {
    await this.query('select 1');
  }

  /** Waits for the statements under way, then ends every connection. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#listeners].map((listener) => listener.stop()));
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await this.#pool.end();
  }

  async #open(): Promise<OwnSession> {
    return OwnSession.open(connectionConfig(this.#options), this.#answers);
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#closed) throw closing();
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw translateConnectError(error);
    }
  }

  async #withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      broken = breaksConnection(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** A password may have been renewed since the last connection was made. */
const clientOf = (options: DatabaseOptions) =>
  class extends pg.Client {
    constructor() {
      super(connectionConfig(options));
      // a server that waits for a password which never comes would be left waiting
      this.connection.once('error', () => this.connection.stream.destroy());
    }
  };

const closing = (): AppError => new AppError('SHUTTING_DOWN', 'The database connections of this process are closed.');
