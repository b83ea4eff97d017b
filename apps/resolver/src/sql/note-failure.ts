import type { Queryable } from '@collection-sync/postgres';
import type { FeedRow } from './feed-row.js';

export const noteFailure = (
  on: Queryable,
  { tenant, kind, feedNo }: FeedRow,
  failure: { code: string; reason: string; againInMs: number },
): Promise<number> =>
  on.execute(
    `update feed set failed_since = coalesce(failed_since, now()), code = $4, reason = $5, next_at = now() + $6 * interval '1 ms'
     where tenant = $1 and kind = $2 and feed_no = $3`,
    [tenant, kind, feedNo, failure.code, failure.reason, failure.againInMs],
  );
