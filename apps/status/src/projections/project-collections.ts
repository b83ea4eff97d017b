import { storableJson, type CollectionState } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

/** Stores what is newer than what is here. Answers the collections that changed. */
export const projectCollections = async (tx: Tx, events: readonly CollectionState[]): Promise<string[]> => {
  const rows = await tx.query<{ collection: string }>(
    `insert into collection as c (collection, site, name, type, comment, count, state, version, changed_at, checked_at, last_read,
       last_complete, product_relations, number)
     select distinct on (collection) collection, site, name, type, comment, count, state, version, "changedAt", "checkedAt", "lastRead",
       "lastComplete", "productRelations", number
     from jsonb_to_recordset($1::jsonb) as r (collection text, site text, name text, type text, comment text, count bigint, state text,
       version bigint, "changedAt" timestamptz, "checkedAt" timestamptz, "lastRead" jsonb, "lastComplete" jsonb,
       "productRelations" jsonb, number bigint)
     order by collection, number desc
     on conflict (collection) do update set site = excluded.site, name = excluded.name, type = excluded.type,
       comment = excluded.comment, count = excluded.count, state = excluded.state, version = excluded.version,
       changed_at = excluded.changed_at, checked_at = excluded.checked_at, last_read = excluded.last_read,
       last_complete = excluded.last_complete, product_relations = excluded.product_relations, number = excluded.number
     where c.number < excluded.number
     returning collection`,
    [storableJson(events)],
  );
  return rows.map(({ collection }) => collection);
};
