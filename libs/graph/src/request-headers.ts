import { createRequire } from 'node:module';

/** Which requests Graph sheds first when it must: https://learn.microsoft.com/graph/throttling-limits */
export type Priority = 'low' | 'normal' | 'high';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** What every request says of itself, whole ones and parts of a batch; the id is what Microsoft support can find one by that had no answer. */
export const identifying = (clientRequestId: string, priority: Priority): Record<string, string> => ({
  'client-request-id': clientRequestId,
  'user-agent': `collection-sync/${version}`,
  'x-ms-throttle-priority': priority,
});

/** Casts and counts are answered from an index that lags behind the directory, and only with this. */
export const EVENTUAL = { ConsistencyLevel: 'eventual' };
