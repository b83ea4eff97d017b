import {
  Budget,
  type BudgetLimits,
  type BudgetState,
  type Cost,
  type Feedback,
  type Lane,
} from '@collection-sync/core';
import { BUDGET } from './budget-script.js';
import type { Clock } from './clock.js';
import type { RedisConnection } from './connection.js';

/** The Graph quota of one app per tenant, shared by all replicas, on the clock of Redis. */
export class RedisBudget extends Budget {
  /** @param clock in place of the one of Redis, for tests */
  constructor(
    private readonly connection: RedisConnection,
    private readonly limits: (tenant: string) => BudgetLimits,
    private readonly clock?: Clock,
  ) {
    super();
  }

  async ask(tenant: string, lane: Lane, ticket: string, cost: Cost): Promise<number> {
    return Number(await this.#run('ask', tenant, lane, ticket, cost.writes, cost.units));
  }

  async forget(tenant: string, lane: Lane, ticket: string): Promise<void> {
    await this.#run('forget', tenant, lane, ticket);
  }

  async feedback(tenant: string, said: Feedback): Promise<void> {
    const { percentage = '', retryAfterMs = '', throttledParts = '', limit = '', quiet = false } = said;
    await this.#run('feedback', tenant, percentage, retryAfterMs, throttledParts, limit, String(quiet));
  }

  async state(tenant: string): Promise<BudgetState> {
    return JSON.parse(String(await this.#run('state', tenant))) as BudgetState;
  }

  #run(step: string, tenant: string, ...args: (string | number)[]): Promise<unknown> {
    const { writes, writeWindowMs, units, unitWindowMs, reserve } = this.limits(tenant);
    const limits = [writes, writeWindowMs, units, unitWindowMs, reserve];
    return this.connection.run(BUDGET, [`budget:{${tenant}}`], [step, this.clock?.() ?? '', ...limits, ...args]);
  }
}
