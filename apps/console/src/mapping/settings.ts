import type { Schema } from '../api/client.js';

type Mapping = Schema['Mapping'];
export type Policy = Mapping['policy'];
export type Schedule = Mapping['schedule'];

/** What the API takes when nothing is said. */
export const DEFAULT_POLICY: Policy = {
  guard: { maxRemovals: 500, maxShare: 0.25, shareFrom: 50, neverEmptyFrom: 2, expiresAfterHours: 72 },
  withoutRecord: 'fail',
  otherTenant: 'fail',
  disabledObjects: 'keep',
  fullRuns: null,
  compareRuns: null,
};
export const DEFAULT_SCHEDULE: Schedule = { kind: 'interval', seconds: 300 };
