/** Classes of a quality of service: what somebody waits for, and what fills the rest. */
export type TrafficClass = 'interactive' | 'bulk';

/** What a request costs: `writes` against the write quota, `units` against the resource-unit quota. */
export interface Cost {
  readonly writes: number;
  readonly units: number;
}

export interface BudgetLimits {
  /** writes per window and app+tenant: 3,000 per 150 s, https://learn.microsoft.com/graph/throttling-limits */
  readonly writes: number;
  readonly writeWindowMs: number;
  /** resource units per window: 3,500 / 5,000 / 8,000 per 10 s for a small / medium / large tenant, same page */
  readonly units: number;
  readonly unitWindowMs: number;
  /** share of both left to other programs, 0..1 */
  readonly reserve: number;
}

export const DEFAULT_BUDGET: BudgetLimits = {
  writes: 3_000,
  writeWindowMs: 150_000,
  units: 3_500,
  unitWindowMs: 10_000,
  reserve: 0,
};

/** Writes of all applications in a tenant, same page, which names no limit of their resource units. */
export const DEFAULT_TENANT_BUDGET: BudgetLimits = {
  writes: 18_000,
  writeWindowMs: 300_000,
  units: 1,
  unitWindowMs: 1,
  reserve: 0,
};

/** Whose quota it is: of an application in a tenant, of which the tenant's first one has the id of the tenant, or of the tenant as a whole. */
export type Account = string;

export const applicationAccount = (tenant: string, application?: string): Account =>
  application === undefined ? tenant : `${tenant}/${application}`;
export const tenantAccount = (tenant: string): Account => `${tenant}/*`;
export const tenantOfAccount = (account: Account): string => account.split('/')[0] ?? '';
/** `first` for the one that has the id of the tenant. */
export const applicationOfAccount = (account: Account): string => account.split('/')[1] ?? 'first';
export const isTenantAccount = (account: Account): boolean => account.endsWith('/*');

/** Bulk traffic takes only what leaves this many writes in the bucket; the first batch into an unknown one need leave nothing. */
export const BULK_LEAVES = 100;

export interface Feedback {
  /** `x-ms-throttle-limit-percentage`, 0.8 to 1.8 */
  readonly percentage?: number;
  /** a 429 came: nothing more until this many milliseconds have passed */
  readonly retryAfterMs?: number;
  /** the parts among the call that were throttled; with no `retryAfterMs` the wait is exponential */
  readonly throttledParts?: number;
  /** which limit the 429 names, if it says so: the write quota and the resource units, or anything else (`other`) */
  readonly limit?: 'quota' | 'other';
  /** writes were answered without a percentage: at least a fifth of their quota is free */
  readonly quiet?: boolean;
}

export interface BudgetState {
  readonly writes: number;
  readonly units: number;
  /** writes that wait for their turn */
  readonly queued: number;
  /** write units that one PATCH of 20 binds is booked with */
  readonly patchWeight: number;
  readonly blockedMs: number;
  readonly throttled: number;
}

/**
 * The Graph quota of each account, shared by all replicas. An unknown bucket starts empty; what Graph says to the first writes shows
 * how full it is. A class is first come, first served, one batch per ticket. Two implementations: Redis, in-process.
 */
export abstract class Budget {
  /**
   * Asks for a cost; answers 0 when it was taken, else how many milliseconds to wait before asking again with the same ticket. A ticket
   * that has not asked for 10 s loses its turn.
   */
  abstract ask(account: Account, trafficClass: TrafficClass, ticket: string, cost: Cost): Promise<number>;
  /** Gives up a ticket that will not ask again. */
  abstract forget(account: Account, trafficClass: TrafficClass, ticket: string): Promise<void>;
  /** Tells what Graph said. */
  abstract feedback(account: Account, feedback: Feedback): Promise<void>;
  abstract state(account: Account): Promise<BudgetState>;
}
