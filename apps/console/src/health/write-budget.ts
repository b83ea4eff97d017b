import type { Schema } from '../api/client.js';

/** The quota of Microsoft Graph, shown as long as no writer has reported its own: https://learn.microsoft.com/graph/throttling-limits */
const GRAPH_WRITES = 3_000;
const GRAPH_WINDOW_MS = 150_000;

/** The write budget of one tenant. */
export interface WriteBudget {
  readonly left: number;
  readonly most: number;
  readonly perSecond: number;
  /** writes that one PATCH is booked with */
  readonly patchWeight: number;
  /** for how long Microsoft Graph wants to hear nothing */
  readonly blockedSeconds: number;
  readonly throttled: number;
}

type Reported = Pick<Schema['Upstream'], 'figures'>;

/** The budgets of the applications that can write in a tenant: without that of the tenant as a whole. */
export const applicationsOf = (tenant: Schema['Tenant'] | undefined): readonly Schema['Upstream'][] =>
  (tenant?.budgets ?? []).filter(({ name, state }) => !name.endsWith('/*') && state !== 'unavailable');

/** What the applications of a tenant have together. */
export const writeBudgetOfAll = (reported: readonly Reported[]): WriteBudget => {
  const [first, ...others] = reported.length > 0 ? reported.map(writeBudgetOf) : [writeBudgetOf(null)];
  return others.reduce(
    (all, one) => ({
      left: all.left + one.left,
      most: all.most + one.most,
      perSecond: all.perSecond + one.perSecond,
      patchWeight: Math.max(all.patchWeight, one.patchWeight),
      blockedSeconds: Math.min(all.blockedSeconds, one.blockedSeconds),
      throttled: all.throttled + one.throttled,
    }),
    first ?? writeBudgetOf(null),
  );
};

export const writeBudgetOf = (reported: Reported | null | undefined): WriteBudget => {
  const {
    writes = 0,
    writeLimit,
    writeWindowMs,
    patchWeight = 1,
    blockedMs = 0,
    throttled = 0,
  } = reported?.figures ?? {};
  const most = writeLimit ?? GRAPH_WRITES;
  return {
    left: Math.min(most, Math.max(0, writes)),
    most,
    perSecond: most / ((writeWindowMs ?? GRAPH_WINDOW_MS) / 1_000),
    patchWeight,
    blockedSeconds: blockedMs / 1_000,
    throttled,
  };
};
