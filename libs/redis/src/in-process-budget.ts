import {
  Budget,
  type Account,
  type BudgetLimits,
  type BudgetState,
  type Cost,
  type Feedback,
  type TrafficClass,
} from '@collection-sync/core';
import { ask, feedback, forget, newBook, stateOf, type Book } from './budget-rules.js';
import { monotonicClock, type Clock } from './clock.js';

/** The Graph quota of each account, among the modules of one process. */
export class InProcessBudget extends Budget {
  readonly #books = new Map<string, Book>();

  constructor(
    private readonly limits: (account: Account) => BudgetLimits,
    private readonly clock: Clock = monotonicClock,
  ) {
    super();
  }

  async ask(account: Account, trafficClass: TrafficClass, ticket: string, cost: Cost): Promise<number> {
    const now = this.clock();
    return ask(this.#book(account, now), this.limits(account), now, trafficClass, ticket, cost);
  }

  async forget(account: Account, trafficClass: TrafficClass, ticket: string): Promise<void> {
    const now = this.clock();
    forget(this.#book(account, now), this.limits(account), now, trafficClass, ticket);
  }

  async feedback(account: Account, said: Feedback): Promise<void> {
    const now = this.clock();
    feedback(this.#book(account, now), this.limits(account), now, said);
  }

  async state(account: Account): Promise<BudgetState> {
    const now = this.clock();
    return stateOf(this.#book(account, now), this.limits(account), now);
  }

  #book(account: Account, now: number): Book {
    const book = this.#books.get(account) ?? newBook(now);
    this.#books.set(account, book);
    return book;
  }
}
