import {
  AppError,
  asAppError,
  DEFAULT_BUDGET,
  type Account,
  type Budget,
  type BudgetState,
  type Cost,
} from '@collection-sync/core';
import type { Application } from './application.js';
import type { BatchOptions, BatchPart } from './batch.js';
import type { GraphAnswer } from './graph-answer.js';
import type { GraphCaller, GraphRequest } from './graph-client.js';
import type { Booking, MeteredClient } from './metered-client.js';
import type { Page, PagesOptions } from './pages.js';
import type { Priority } from './request-headers.js';

/** An application whose sign-in was refused is left alone this long, while others can do its work. */
const REFUSED_MS = 60_000;

/** Applications whose sign-in was refused last, and until when (`performance.now()`) they are left alone. */
export type Refused = Map<Account, { readonly until: number; readonly error: AppError }>;

/** What a batch costs may hang on the application that sends it. */
export type CostOf = (state: BudgetState) => Cost;

/** A batch that was booked, and by whom it is to be sent. */
export interface WriterBooking {
  readonly client: MeteredClient;
  readonly booked: Booking;
}

/**
 * The verbs of GraphClient for a tenant with several applications: each batch, and each listing as a whole, goes out by the one that has most
 * room. One whose sign-in is refused is passed over as long as another one works.
 */
export class WriterClient implements GraphCaller {
  readonly #clients: readonly [MeteredClient, ...MeteredClient[]];

  constructor(
    clients: readonly MeteredClient[],
    private readonly books: Budget,
    private readonly refused: Refused,
    private readonly onRefused: (account: Account, error: AppError) => void = () => undefined,
  ) {
    const [first, ...others] = clients;
    if (!first) throw new AppError('INTERNAL', 'a tenant without an application');
    this.#clients = [first, ...others];
  }

  get priority(): Priority {
    return this.#clients[0].priority;
  }

  request<T = unknown>(request: GraphRequest): Promise<GraphAnswer<T>> {
    return this.#withFallback((client) => client.request<T>(request));
  }

  /** @param options.booking as `book` gave it */
  async batch(
    parts: readonly BatchPart[],
    { booking, ...options }: BatchOptions & { booking?: WriterBooking } = {},
  ): Promise<Map<string, GraphAnswer>> {
    if (!booking) return this.#withFallback((client) => client.batch(parts, options));
    try {
      return await booking.client.batch(parts, { ...options, booking: booking.booked });
    } catch (error) {
      this.#note(booking.client, error);
      throw error;
    }
  }

  /** By one application to its end: Graph need not know the links that it gave to another one. */
  async *pages<T>(
    path: string,
    query?: GraphRequest['query'],
    options: PagesOptions = {},
  ): AsyncGenerator<Page<T>, void, undefined> {
    const { pages, first } = await this.#withFallback(async (client) => {
      const pages = client.pages<T>(path, query, options);
      return { pages, first: await pages.next() };
    });
    try {
      for (let page = first; !page.done; page = await pages.next()) yield page.value;
    } finally {
      await pages.return();
    }
  }

  application(): Promise<Application | undefined> {
    return this.#withFallback((client) => client.application());
  }

  memberUrl(object: string): string {
    return this.#clients[0].memberUrl(object);
  }

  /**
   * Waits for a turn of the application with most room, once it has signed in.
   * @throws AppError as MeteredClient.book
   */
  book(costOf: CostOf, signal?: AbortSignal): Promise<WriterBooking> {
    return this.#withFallback(async (client) => {
      await client.application();
      const booked = await client.book(costOf(await this.books.state(client.account)), signal);
      return { client, booked };
    });
  }

  /** Whether another application can go on where the sign-in of one was refused. */
  carriesOn(): boolean {
    return this.#clients.some((client) => !this.#isRefused(client));
  }

  /** One after the other, until one is signed in. When all are refused each is asked again. */
  async #withFallback<T>(work: (client: MeteredClient) => Promise<T>): Promise<T> {
    const open = this.#clients.filter((client) => !this.#isRefused(client));
    const [next, ...others] = await this.#byRoom(open.length > 0 ? open : this.#clients);
    const attempt = async (client: MeteredClient, rest: readonly MeteredClient[]): Promise<T> => {
      try {
        const result = await work(client);
        this.refused.delete(client.account);
        return result;
      } catch (error) {
        const [after, ...last] = rest;
        if (!this.#note(client, error) || !after) throw error;
        return attempt(after, last);
      }
    };
    return attempt(next ?? this.#clients[0], others);
  }

  async #byRoom(clients: readonly MeteredClient[]): Promise<readonly MeteredClient[]> {
    if (clients.length < 2) return clients;
    const known = await Promise.all(clients.map(async (client) => ({ client, room: await this.#roomOf(client) })));
    return known.sort((a, b) => b.room - a.room).map(({ client }) => client);
  }

  /** Writes that it could send now: what waits for it, and for how long Graph wants to hear nothing, counts against it. */
  async #roomOf({ account }: MeteredClient): Promise<number> {
    try {
      const { writes, queued, blockedMs } = await this.books.state(account);
      return writes - queued - blockedMs * WRITES_PER_MS;
    } catch (error) {
      if (asAppError(error).code !== 'REDIS_UNAVAILABLE') throw error;
      return 0;
    }
  }

  #isRefused({ account }: MeteredClient): boolean {
    return (this.refused.get(account)?.until ?? 0) > performance.now();
  }

  /** Whether its sign-in was refused, which is remembered and told once. */
  #note(client: MeteredClient, error: unknown): boolean {
    const refusal = asAppError(error);
    if (refusal.code !== 'GRAPH_SIGN_IN_REFUSED') return false;
    const known = this.#isRefused(client);
    this.refused.set(client.account, { until: performance.now() + REFUSED_MS, error: refusal });
    if (!known) this.onRefused(client.account, refusal);
    return true;
  }
}

const WRITES_PER_MS = DEFAULT_BUDGET.writes / DEFAULT_BUDGET.writeWindowMs;
