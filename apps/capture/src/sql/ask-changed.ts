import type { Tx } from '@collection-sync/postgres';

/**
 * Asks for a read of every collection that somebody wants and that the site now shows otherwise than before its last read. Looks at the
 * difference, not at the moment of the change, so that none is overlooked; and asks again after a read whose time was not settled.
 */
export const askChanged = async (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.execute(
    `update collection c set asked = asked + 1, retry_at = null
     where c.id = any ($1) and c.asked = c.read_asked and c.state <> 'missing'
       and (c.read_no = 0 or not c.seen_settled or c.changed_at is distinct from c.seen_changed_at
         or c.count is distinct from coalesce(c.seen_count, c.count))
       and exists (select from target t where t.collection = c.id and t.state = 'active')`,
    [ids],
  );
