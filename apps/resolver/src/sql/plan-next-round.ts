import type { Queryable } from '@collection-sync/postgres';
import type { FeedRow } from './feed-row.js';

export const planNextRound = (on: Queryable, { tenant, kind, feedNo }: FeedRow, inMs: number): Promise<number> =>
  on.execute(
    `update feed set next_at = now() + $4 * interval '1 ms' where tenant = $1 and kind = $2 and feed_no = $3`,
    [tenant, kind, feedNo, inMs],
  );
