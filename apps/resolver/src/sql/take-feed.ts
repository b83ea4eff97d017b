import type { Queryable } from '@collection-sync/postgres';
import type { Kind } from '../mirror/kinds.js';
import { FEED_COLUMNS, type FeedRow } from './feed-row.js';

/** Makes this the only replica whose pages count. A link that tracks other properties than ours is left for a new pass. */
export const takeFeed = async (
  on: Queryable,
  tenant: string,
  kind: Kind,
  selected: string,
): Promise<FeedRow | undefined> => {
  const [row] = await on.query<FeedRow>(
    `update feed set feed_no = feed_no + 1, selected = $3,
       link = case when selected in ('', $3) then link end,
       phase = case when selected in ('', $3) then phase else 'pass' end,
       pass = case when selected in ('', $3) then pass else pass + 1 end,
       done = case when selected in ('', $3) then done else 0 end
     where tenant = $1 and kind = $2
     returning ${FEED_COLUMNS}`,
    [tenant, kind, selected],
  );
  return row;
};
