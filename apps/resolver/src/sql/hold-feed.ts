import { AppError } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import { FEED_COLUMNS, type FeedRow } from './feed-row.js';

/**
 * Locks the feed for the rest of the transaction, if it is still ours and where we left it.
 * @throws AppError LEASE_LOST when another replica has taken it
 */
export const holdFeed = async (tx: Tx, { tenant, kind, feedNo }: FeedRow): Promise<FeedRow> => {
  const [row] = await tx.query<FeedRow>(
    `select ${FEED_COLUMNS} from feed where tenant = $1 and kind = $2 and feed_no = $3 for update`,
    [tenant, kind, feedNo],
  );
  if (!row) throw new AppError('LEASE_LOST', `another replica feeds the ${kind} mirror of tenant ${tenant}`);
  return row;
};
