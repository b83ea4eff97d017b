import pg from 'pg';
import { answerTimeout, connectionConfig, type DatabaseOptions } from './connection.js';

/** A look costs a connection: at statements that take this long, and then less and less often. */
const FIRST_LOOK_MS = 5_000;
const LATEST_LOOK_MS = 30_000;
/** An answer that was under way at the first look has arrived after this. */
const SECOND_LOOK_MS = 1_000;
const LOOK_TIMEOUT_MS = 5_000;

/**
 * How long answers of the server are waited for. A connection that died without a word (a lost node, a firewall that forgot it) is found in
 * seconds, where TCP sends again for a quarter of an hour (tcp_retries2 in https://man7.org/linux/man-pages/man7/tcp.7.html): while an answer
 * is awaited, another connection asks whether the server still works on it.
 */
export class Answers {
  /** when nothing at all was heard for so long, the connection is dead, whatever the server says */
  readonly timeoutMs: number;

  constructor(private readonly options: DatabaseOptions) {
    this.timeoutMs = answerTimeout(options);
  }

  /** Waits for an answer on this connection, and ends the connection when none can come. */
  async on<T>(client: pg.ClientBase, answer: Promise<T>): Promise<T> {
    let waiting = true;
    let suspected = false;
    let everyMs = this.options.firstLookMs ?? FIRST_LOOK_MS;
    const look = async (): Promise<void> => {
      const served = await this.#isServed(client);
      if (!waiting) return;
      if (served === false && suspected) {
        // a client that waits for an answer destroys its socket, and the answer is rejected
        await (client as pg.Client).end().catch(() => undefined);
        return;
      }
      suspected = served === false;
      everyMs = Math.min(2 * everyMs, LATEST_LOOK_MS);
      timer = setTimeout(() => void look(), suspected ? Math.min(SECOND_LOOK_MS, everyMs) : everyMs).unref();
    };
    let timer = setTimeout(() => void look(), everyMs).unref();
    try {
      return await answer;
    } finally {
      waiting = false;
      clearTimeout(timer);
    }
  }

  /** Undefined when it cannot be known. */
  async #isServed(client: pg.ClientBase): Promise<boolean | undefined> {
    const other = new pg.Client({
      ...connectionConfig(this.options),
      connectionTimeoutMillis: LOOK_TIMEOUT_MS,
      query_timeout: LOOK_TIMEOUT_MS,
    });
    other.on('error', () => undefined);
    try {
      await other.connect();
      const { rows } = await other.query<{ state: string | null; standby: boolean }>(
        `select (select coalesce(state, 'disabled') from pg_stat_activity where pid = $1) as state, pg_is_in_recovery() as standby`,
        [Reflect.get(client, 'processID')],
      );
      const [{ state, standby } = { state: null, standby: false }] = rows;
      return standby || state === 'disabled' ? undefined : state === 'active' || state === 'fastpath function call';
    } catch {
      return undefined;
    } finally {
      await other.end().catch(() => undefined);
    }
  }
}
