import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AppError,
  asAppError,
  tenantAccount,
  type Account,
  type Budget,
  type Cost,
  type Feedback,
  type TrafficClass,
} from '@collection-sync/core';
import type { Application } from './application.js';
import type { BatchOptions, BatchPart } from './batch.js';
import type { GraphAnswer } from './graph-answer.js';
import type { GraphCaller, GraphClient, GraphRequest } from './graph-client.js';
import { readPages, type Page, type PagesOptions } from './pages.js';
import type { ReadUnits } from './read-units.js';
import type { Priority } from './request-headers.js';
import { throttleFeedback } from './throttle-feedback.js';

export interface MeterOptions {
  readonly priority?: Priority;
  readonly trafficClass?: TrafficClass;
  /** ends every wait for the budget */
  readonly signal?: AbortSignal;
  /** how long a call may wait for the budget; for as long as it takes by default */
  readonly maxWaitMs?: number;
}

/** A cost that was waited for and taken; it pays for one batch. */
export interface Booking {
  readonly cost: Cost;
}

const REDIS_MS = 1_000;
const QUIET_MS = 60_000;
/** When Graph refuses a whole batch without saying for how long. */
const THROTTLED_MS = 10_000;

/** What this process heard from Graph of the quota of each account. */
export class Heard {
  /** when the books were last told that writes were answered without a word of it */
  readonly quiet = new Map<Account, number>();
  /** whose last writes were answered with a percentage, which Graph names from 0.8 on, or refused */
  readonly atTheEdge = new Set<Account>();
}

/** The verbs of GraphClient. Each call is booked, waits for its turn, is made, and what Graph says of its quotas is fed back. */
export class MeteredClient implements GraphCaller {
  readonly #open = new WeakSet<Booking>();

  constructor(
    private readonly client: GraphClient,
    readonly account: Account,
    private readonly books: Budget,
    private readonly units: ReadUnits,
    private readonly heard: Heard,
    private readonly options: MeterOptions,
  ) {}

  get priority(): Priority {
    return this.#caller.priority;
  }

  /** At the edge of a quota Graph refuses low priority first, while the books still have room: what can wait is an ordinary call there. */
  get #caller(): GraphClient {
    const ordinary = this.client.priority === 'low' && this.heard.atTheEdge.has(this.account);
    return ordinary ? this.client.withPriority('normal') : this.client;
  }

  async request<T = unknown>(request: GraphRequest): Promise<GraphAnswer<T>> {
    const cost = this.#costOf(request);
    await this.book(cost, request.signal);
    const answer = await this.#caller.request<T>(request);
    if (cost.writes === 0) this.units.learn(request, answer.headers);
    await this.#feedBack([answer], cost);
    return answer;
  }

  /** @param options.booking what the batch was booked with before other steps were taken; it books itself without one */
  async batch(
    parts: readonly BatchPart[],
    { booking, ...options }: BatchOptions & { booking?: Booking } = {},
  ): Promise<Map<string, GraphAnswer>> {
    const booked =
      booking && this.#open.delete(booking) ? booking : await this.book(costOfParts(parts), options.signal);
    try {
      const answers = await this.#caller.batch(parts, options);
      await this.#feedBack(answers.values(), booked.cost);
      return answers;
    } catch (error) {
      const { code, retryAfterMs = THROTTLED_MS } = asAppError(error);
      if (code === 'GRAPH_THROTTLED') {
        this.heard.atTheEdge.add(this.account);
        await this.#feed(this.account, { retryAfterMs, throttledParts: parts.length });
      }
      throw error;
    }
  }

  pages<T>(
    path: string,
    query?: GraphRequest['query'],
    options: PagesOptions = {},
  ): AsyncGenerator<Page<T>, void, undefined> {
    return readPages<T>(this, path, query, options);
  }

  application(): Promise<Application | undefined> {
    return this.client.application();
  }

  memberUrl(object: string): string {
    return this.client.memberUrl(object);
  }

  /**
   * Waits for a turn in the application's budget, and for writes in the tenant's above it; while a budget is out of reach, for its return.
   * @throws AppError GRAPH_THROTTLED or REDIS_UNAVAILABLE after `maxWaitMs`, SHUTTING_DOWN or the reason of the signal
   */
  async book(cost: Cost, signal?: AbortSignal): Promise<Booking> {
    const { maxWaitMs = Number.POSITIVE_INFINITY } = this.options;
    const stop = AbortSignal.any([this.options.signal, signal].filter((each) => each !== undefined));
    const until = performance.now() + maxWaitMs;
    await this.#waitFor(this.account, cost, stop, until);
    if (cost.writes > 0) await this.#waitFor(this.#whole, { writes: cost.writes, units: 0 }, stop, until);
    const booking = { cost };
    this.#open.add(booking);
    return booking;
  }

  async #waitFor(account: Account, cost: Cost, stop: AbortSignal, until: number): Promise<void> {
    const { trafficClass = 'interactive' } = this.options;
    const ticket = randomUUID();
    try {
      for (;;) {
        if (stop.aborted) throw givenUp(stop);
        const { wait, failure } = await this.#ask(account, trafficClass, ticket, cost);
        if (wait === 0) return;
        if (performance.now() + wait > until) throw failure ?? usedUp(account, wait);
        await pause(wait, undefined, { signal: stop }).catch(() => undefined);
      }
    } catch (error) {
      await this.books.forget(account, trafficClass, ticket).catch(() => undefined);
      throw error;
    }
  }

  async #ask(
    account: Account,
    trafficClass: TrafficClass,
    ticket: string,
    cost: Cost,
  ): Promise<{ wait: number; failure?: AppError }> {
    try {
      return { wait: await this.books.ask(account, trafficClass, ticket, cost) };
    } catch (error) {
      const failure = asAppError(error);
      if (failure.code !== 'REDIS_UNAVAILABLE') throw failure;
      return { wait: REDIS_MS, failure };
    }
  }

  /** All applications of the tenant together. */
  get #whole(): Account {
    return tenantAccount(this.client.tenant);
  }

  #costOf(request: GraphRequest): Cost {
    if (request.method === 'GET' || /\/getByIds$/i.test(request.path))
      return { writes: 0, units: this.units.of(request) };
    return { writes: 1, units: 1 };
  }

  /** What Graph says of the tenant as a whole concerns its other applications too; a read says nothing about the weight of a write. */
  async #feedBack(answers: Iterable<GraphAnswer>, cost: Cost): Promise<void> {
    const { application, tenant } = throttleFeedback(answers);
    const writes = cost.writes > 0;
    if (application) await this.#feed(this.account, writes ? application : { ...application, limit: 'other' });
    if (tenant)
      await (writes ? this.#feed(this.#whole, tenant) : this.#feed(this.account, { ...tenant, limit: 'other' }));
    if (!writes) return;
    if (application || tenant) this.heard.atTheEdge.add(this.account);
    else this.heard.atTheEdge.delete(this.account);
    if (!application && !tenant) await this.#tellQuiet();
  }

  /** News for books that do not know the bucket yet, which is seldom: not with every answer. */
  async #tellQuiet(): Promise<void> {
    const now = performance.now();
    if (now < (this.heard.quiet.get(this.account) ?? Number.NEGATIVE_INFINITY) + QUIET_MS) return;
    this.heard.quiet.set(this.account, now);
    await this.#feed(this.account, { quiet: true });
    await this.#feed(this.#whole, { quiet: true });
  }

  /** What Graph did must not be lost because the books are out of reach: they learn it from the next answer. */
  async #feed(account: Account, said: Feedback): Promise<void> {
    await this.books.feedback(account, said).catch((error: unknown) => {
      if (asAppError(error).code !== 'REDIS_UNAVAILABLE') throw error;
    });
  }
}

const costOfParts = (parts: readonly BatchPart[]): Cost => ({
  writes: parts.filter(({ method }) => method !== 'GET').length,
  units: parts.length,
});

const givenUp = (stop: AbortSignal): AppError =>
  stop.reason instanceof AppError
    ? stop.reason
    : new AppError('SHUTTING_DOWN', 'the wait for the budget of Microsoft Graph was given up');

const usedUp = (account: Account, wait: number): AppError =>
  new AppError(
    'GRAPH_THROTTLED',
    `the quota of ${account} is used up; there is room again in about ${Math.ceil(wait / 1_000)} s`,
    { retryAfterMs: wait },
  );
