import {
  Budget,
  tenantOfAccount,
  type Account,
  type BudgetLimits,
  type BudgetState,
  type Cost,
  type Feedback,
  type TrafficClass,
} from '@collection-sync/core';
import { BUDGET } from './budget-script.js';
import type { Clock } from './clock.js';
import type { RedisConnection } from './connection.js';

/** The accounts of a tenant lie together in a Redis Cluster. */
const keyOf = (account: Account): string => {
  const tenant = tenantOfAccount(account);
  return `budget:{${tenant}}${account.slice(tenant.length)}`;
};

/** The Graph quota of each account, shared by all replicas, on the clock of Redis. */
export class RedisBudget extends Budget {
  /** @param clock in place of the one of Redis, for tests */
  constructor(
    private readonly connection: RedisConnection,
    private readonly limits: (account: Account) => BudgetLimits,
    private readonly clock?: Clock,
  ) {
    super();
  }

  async ask(account: Account, trafficClass: TrafficClass, ticket: string, cost: Cost): Promise<number> {
    return Number(await this.#run('ask', account, trafficClass, ticket, cost.writes, cost.units));
  }

  async forget(account: Account, trafficClass: TrafficClass, ticket: string): Promise<void> {
    await this.#run('forget', account, trafficClass, ticket);
  }

  async feedback(account: Account, said: Feedback): Promise<void> {
    const { percentage = '', retryAfterMs = '', throttledParts = '', limit = '', quiet = false } = said;
    await this.#run('feedback', account, percentage, retryAfterMs, throttledParts, limit, String(quiet));
  }

  async state(account: Account): Promise<BudgetState> {
    return JSON.parse(String(await this.#run('state', account))) as BudgetState;
  }

  #run(step: string, account: Account, ...args: (string | number)[]): Promise<unknown> {
    const { writes, writeWindowMs, units, unitWindowMs, reserve } = this.limits(account);
    const limits = [writes, writeWindowMs, units, unitWindowMs, reserve];
    return this.connection.run(BUDGET, [keyOf(account)], [step, this.clock?.() ?? '', ...limits, ...args]);
  }
}
