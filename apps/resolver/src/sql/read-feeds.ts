import type { Queryable } from '@collection-sync/postgres';
import { FEED_COLUMNS, type FeedRow } from './feed-row.js';

export const readFeeds = (on: Queryable, tenant: string): Promise<FeedRow[]> =>
  on.query<FeedRow>(`select ${FEED_COLUMNS} from feed where tenant = $1 order by kind`, [tenant]);
