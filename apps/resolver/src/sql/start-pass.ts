import type { Tx } from '@collection-sync/postgres';
import type { FeedRow } from './feed-row.js';

/** Begins anew; a mirror that is ready stays so and keeps serving. */
export const startPass = (tx: Tx, { tenant, kind }: FeedRow): Promise<number> =>
  tx.execute(`update feed set phase = 'pass', link = null, pass = pass + 1, done = 0 where tenant = $1 and kind = $2`, [
    tenant,
    kind,
  ]);
