import type { Tx } from '@collection-sync/postgres';
import type { FeedRow } from './feed-row.js';

/** The mirror now holds what the pass told, and nothing else. */
export const finishPass = (tx: Tx, { tenant, kind }: FeedRow): Promise<number> =>
  tx.execute(
    `update feed set phase = 'delta', ready = true, doubted_pass = null, doubt = null, ready_since = coalesce(ready_since, now()),
       objects = (select count(*) from directory_object o
                  where o.tenant = feed.tenant and o.kind = feed.kind and o.deleted_at is null)
     where tenant = $1 and kind = $2`,
    [tenant, kind],
  );
