import type { Tx } from '@collection-sync/postgres';
import type { FeedRow } from './feed-row.js';
import type { Difference } from './store-objects.js';

/** Marks up to `limit` objects deleted that the finished pass did not show. */
export const sweepObjects = (tx: Tx, { tenant, kind, pass }: FeedRow, limit: number): Promise<Difference[]> =>
  tx.query<Difference>(
    `update directory_object set deleted_at = now()
     where (tenant, object_id) in (
       select tenant, object_id from directory_object
       where tenant = $1 and kind = $2 and pass < $3 and deleted_at is null limit $4)
     returning object_id, 'gone' as change, device_id, sid, upn,
       device_id as old_device_id, sid as old_sid, upn as old_upn`,
    [tenant, kind, pass, limit],
  );
