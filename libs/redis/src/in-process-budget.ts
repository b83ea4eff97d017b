import {
  Budget,
  type BudgetLimits,
  type BudgetState,
  type Cost,
  type Feedback,
  type Lane,
} from '@collection-sync/core';
import { ask, feedback, forget, newBook, stateOf, type Book } from './budget-rules.js';
import { monotonicClock, type Clock } from './clock.js';

/** The Graph quota of one app per tenant, among the modules of one process. */
export class InProcessBudget extends Budget {
  readonly #books = new Map<string, Book>();

  constructor(
    private readonly limits: (tenant: string) => BudgetLimits,
    private readonly clock: Clock = monotonicClock,
  ) {
    super();
  }

  async ask(tenant: string, lane: Lane, ticket: string, cost: Cost): Promise<number> {
    const now = this.clock();
    return ask(this.#book(tenant, now), this.limits(tenant), now, lane, ticket, cost);
  }

  async forget(tenant: string, lane: Lane, ticket: string): Promise<void> {
    const now = this.clock();
    forget(this.#book(tenant, now), this.limits(tenant), now, lane, ticket);
  }

  async feedback(tenant: string, said: Feedback): Promise<void> {
    const now = this.clock();
    feedback(this.#book(tenant, now), this.limits(tenant), now, said);
  }

  async state(tenant: string): Promise<BudgetState> {
    const now = this.clock();
    return stateOf(this.#book(tenant, now), this.limits(tenant), now);
  }

  #book(tenant: string, now: number): Book {
    const book = this.#books.get(tenant) ?? newBook(now);
    this.#books.set(tenant, book);
    return book;
  }
}
