import { AppError, asAppError, type Log, type Publisher, putAside, backoffMs } from '@collection-sync/core';
import type { Database } from './database.js';
import { deleteOutboxRows, oldestOutboxRows, outboxChannel, outboxLag, type OutboxRow } from './outbox.js';
import { pause } from './pause.js';
import { endSilentHolder } from './silent-holder.js';
import type { Session } from './queryable.js';

export interface RelayOptions {
  /** name of the service, for the log and the lock */
  name: string;
  log: Log;
  /** a holder of the lock that shows no sign of life for so long loses it, 15 s by default */
  silentMs?: number;
  /** it looks at the outbox this often although nobody woke it, 1 s by default */
  pollMs?: number;
}

const BATCH = 500;
/** Bounds memory, and what a broker gets for one partition at once. */
const BATCH_BYTES = 512 * 1024;
/** A record that was on no topic yet. */
const NO_PARTITION = -1;
const POLL_MS = 1_000;
const STANDBY_MS = 1_000;
const SILENT_MS = 15_000;

/**
 * Sends what is in the outbox, oldest first, and deletes it after the ack. Among all replicas of a service the one that holds the
 * advisory lock does; the others stand by, and end the session of one that is frozen or out of reach, which the server would keep for
 * hours. One batch is under way at a time, so one send per key. Whatever was sent but not deleted before a crash is sent again. A record that the bus refuses for good is put on the dead-letter topic.
 */
export class Relay {
  #stop = new AbortController();
  #wake = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #lastError = '';

  constructor(
    readonly database: Database,
    readonly publisher: Publisher,
    readonly options: RelayOptions,
  ) {}

  start(): void {
    this.#stop = new AbortController();
    this.#ended = this.#run(this.#stop.signal);
  }

  /** Waits for the send under way, then gives the lock to another replica. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#ended;
  }

  /** Resolves when the outbox is empty. */
  async drained(): Promise<void> {
    while ((await outboxLag(this.database)).rows > 0) await pause(10, this.#stop.signal);
  }

  async #run(stop: AbortSignal): Promise<void> {
    for (let failures = 0; !stop.aborted;) {
      try {
        await this.database.session((session) => this.#hold(session, stop));
        failures = 0;
      } catch (error) {
        this.#say(error);
        failures += 1;
      }
      await pause(backoffMs({ firstMs: 100, maxMs: 10_000 }, failures + 1), stop);
    }
  }

  async #hold(session: Session, stop: AbortSignal): Promise<void> {
    if (!(await this.#take(session, stop))) return;
    await session.notifications(outboxChannel(this.database), () => this.#wake.abort());
    this.options.log.info({ relay: this.options.name }, 'this process sends the outbox of the service');
    await this.#sendAll(session, stop);
  }

  get #silentMs(): number {
    return this.options.silentMs ?? SILENT_MS;
  }

  /** Stands by until the lock is free. */
  async #take(session: Session, stop: AbortSignal): Promise<boolean> {
    const lock = `relay ${this.database.schema}`;
    while (!stop.aborted) {
      const [answer] = await session.query<{ held: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
        [lock],
      );
      if (answer?.held) return true;
      if (await endSilentHolder(session, lock, this.#silentMs))
        this.options.log.warn(
          { relay: this.options.name },
          'the process that sent the outbox is silent; another does it',
        );
      else await pause(STANDBY_MS * (0.5 + Math.random() / 2), stop);
    }
    return false;
  }

  async #sendAll(session: Session, stop: AbortSignal): Promise<void> {
    for (let failures = 0; !stop.aborted;) {
      this.#wake = new AbortController();
      try {
        const more = await this.#sendBatch(session);
        failures = 0;
        if (!more)
          await pause(this.options.pollMs ?? POLL_MS, AbortSignal.any([stop, this.#wake.signal, session.released]));
      } catch (error) {
        if (session.released.aborted || isDatabaseError(error)) throw error;
        this.#say(error);
        failures += 1;
        const rest = pause(
          backoffMs({ firstMs: 100, maxMs: 30_000 }, failures + 1),
          AbortSignal.any([stop, session.released]),
        );
        await this.#alive(session, rest);
      }
    }
  }

  async #sendBatch(session: Session): Promise<boolean> {
    const rows = await oldestOutboxRows(session, BATCH, BATCH_BYTES);
    if (rows.length === 0) return false;
    try {
      await this.#send(session, rows);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#sendSingly(session, rows);
    }
    if (this.#lastError) this.options.log.info({ relay: this.options.name }, 'the outbox flows again');
    this.#lastError = '';
    return true;
  }

  async #send(session: Session, rows: readonly OutboxRow[]): Promise<void> {
    const records = rows.map(({ topic, key, headers, value }) => ({ topic, key, headers, value }));
    await this.#alive(session, this.publisher.publish(records));
    await deleteOutboxRows(
      session,
      rows.map(({ id }) => id),
    );
  }

  /** Shows signs of life on the session while something else than the database is waited for. */
  async #alive<T>(session: Session, work: Promise<T>): Promise<T> {
    let sign: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      sign = sign.then(() => session.query('select 1')).catch(() => undefined);
    }, this.#silentMs / 5);
    try {
      return await work;
    } finally {
      clearInterval(timer);
      await sign;
    }
  }

  async #sendSingly(session: Session, rows: readonly OutboxRow[]): Promise<void> {
    for (const row of rows) {
      try {
        await this.#send(session, [row]);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        await this.#putAside(session, row, error);
      }
    }
  }

  async #putAside(session: Session, row: OutboxRow, error: AppError): Promise<void> {
    const { name, log } = this.options;
    const { id, topic, key, headers, value } = row;
    const raw = { topic, key, headers, value: Buffer.from(value), partition: NO_PARTITION, offset: String(id) };
    const reason = { code: error.code, why: error.message, consumer: `${name} outbox`, service: name };
    await this.#alive(session, putAside(this.publisher, raw, reason));
    await deleteOutboxRows(session, [id]);
    log.error(
      { relay: name, topic, key, outbox: id, error },
      'the bus refuses a record; it was put on the dead-letter topic, and the later ones of its key go on',
    );
  }

  #say(error: unknown): void {
    const { code, message } = asAppError(error);
    if (`${code} ${message}` === this.#lastError) return;
    this.#lastError = `${code} ${message}`;
    this.options.log.warn({ relay: this.options.name, code, error }, 'the outbox is not sent; trying again');
  }
}

const isDatabaseError = (error: unknown): boolean => error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE';

const isRefusal = (error: unknown): error is AppError => error instanceof AppError && !error.retryable;
