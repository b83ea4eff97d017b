import type { Principal } from '../graph/graph-call.js';
import type { GraphSwitches } from '../graph/graph-switches.js';
import { Bucket } from './bucket.js';
import type { Cost } from './costs.js';

interface Limit {
  scope: 'Tenant_Application' | 'Tenant' | 'Application';
  limit: 'Read' | 'Write' | 'ReadWrite';
  information: string;
  unit: keyof Cost | 'requests';
  capacity: (switches: GraphSwitches) => number;
  periodMs: number;
  outer: boolean;
}

const SIZES = { S: 3500, M: 5000, L: 8000 };

/** The identity-and-access limits. Source: learn.microsoft.com/graph/throttling-limits */
const LIMITS: Limit[] = [
  {
    scope: 'Tenant_Application',
    limit: 'ReadWrite',
    information: 'ResourceUnitLimitExceeded',
    unit: 'resourceUnits',
    capacity: (s) => SIZES[s.tenantSize],
    periodMs: 10_000,
    outer: false,
  },
  {
    scope: 'Tenant_Application',
    limit: 'Write',
    information: 'WriteLimitExceeded',
    unit: 'writes',
    capacity: (s) => s.writeQuota,
    periodMs: 150_000,
    outer: false,
  },
  {
    scope: 'Application',
    limit: 'ReadWrite',
    information: 'ResourceUnitLimitExceeded',
    unit: 'resourceUnits',
    capacity: () => 150_000,
    periodMs: 20_000,
    outer: true,
  },
  {
    scope: 'Application',
    limit: 'Write',
    information: 'WriteLimitExceeded',
    unit: 'writes',
    capacity: () => 35_000,
    periodMs: 300_000,
    outer: true,
  },
  {
    scope: 'Tenant',
    limit: 'Write',
    information: 'WriteLimitExceeded',
    unit: 'writes',
    capacity: () => 18_000,
    periodMs: 300_000,
    outer: true,
  },
  {
    scope: 'Application',
    limit: 'ReadWrite',
    information: 'RequestLimitExceeded',
    unit: 'requests',
    capacity: () => 130_000,
    periodMs: 10_000,
    outer: true,
  },
];

export interface Verdict {
  /** Set when the request is over a limit: how long until it is not, in simulated milliseconds, and which limit. */
  rejected?: { waitMs: number; scope: string; information: string };
  /** Used part of the fullest limit. */
  used: number;
}

/** Token buckets per application and tenant, per application, and per tenant; the first limit reached wins. */
export class Quotas {
  readonly #buckets = new Map<string, Bucket>();

  charge(who: Principal, cost: Cost, switches: GraphSwitches, now: number): Verdict {
    const charged = LIMITS.map((limit) => ({ limit, units: limit.unit === 'requests' ? 1 : cost[limit.unit] }))
      .filter(({ limit, units }) => units > 0 && limit.capacity(switches) > 0 && (!limit.outer || switches.outerQuotas))
      .map(({ limit, units }) => ({ limit, units, bucket: this.#bucket(limit, who, switches, now) }));
    const full = charged.find(({ bucket, units }) => !bucket.has(units, now));
    if (!full || switches.chargeRejected) for (const { bucket, units } of charged) bucket.take(units, now);
    const used = Math.max(0, ...charged.map(({ bucket }) => bucket.used(now)));
    if (!full) return { used };
    const { limit, bucket, units } = full;
    const scope = `${limit.scope}/${limit.limit}/${who.appId}/${who.tenantId}`;
    return { used, rejected: { waitMs: bucket.waitFor(units, now), scope, information: limit.information } };
  }

  reset(): void {
    this.#buckets.clear();
  }

  #bucket(limit: Limit, who: Principal, switches: GraphSwitches, now: number): Bucket {
    const capacity = limit.capacity(switches);
    const subject = {
      Tenant_Application: `${who.appId}/${who.tenantId}`,
      Tenant: who.tenantId,
      Application: who.appId,
    }[limit.scope];
    const key = `${limit.scope}/${limit.unit}/${subject}`;
    const known = this.#buckets.get(key);
    if (known?.capacity === capacity && known.model === switches.quotaModel) return known;
    const bucket = new Bucket(capacity, limit.periodMs, switches.quotaModel, now);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
