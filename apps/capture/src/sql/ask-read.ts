import type { CollectionType } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

/**
 * Asks for a read at once and answers the number of the ask: a read that began before does not serve it. Makes the row of a collection
 * that no listing has shown yet, and holds it.
 */
export const askRead = async (tx: Tx, id: string, type: CollectionType): Promise<number> => {
  const [row] = await tx.query<{ asked: number }>(
    `insert into collection as c (id, type, asked) values ($1, $2, 1)
     on conflict (id) do update set asked = c.asked + 1, retry_at = null, hold_until = null
     returning asked`,
    [id, type],
  );
  return row!.asked;
};
