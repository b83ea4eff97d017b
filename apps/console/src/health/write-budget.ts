import type { Schema } from '../api/client.js';

/** The quota of Microsoft Graph, shown as long as no writer has told its own: https://learn.microsoft.com/graph/throttling-limits */
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

export const writeBudgetOf = (told: Pick<Schema['Upstream'], 'figures'> | null | undefined): WriteBudget => {
  const { writes = 0, writeLimit, writeWindowMs, patchWeight = 1, blockedMs = 0, throttled = 0 } = told?.figures ?? {};
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
