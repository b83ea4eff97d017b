import type { Tx } from '@collection-sync/postgres';

/** After a good listing: what it did not show is missing at the second time. Answers the ids of those that became missing. */
export const countMissing = async (tx: Tx, shown: readonly string[]): Promise<string[]> => {
  await tx.query('update collection set missing_listings = 0 where missing_listings > 0 and id = any ($1)', [shown]);
  const rows = await tx.query<{ id: string; became: boolean }>(
    `update collection set missing_listings = missing_listings + 1,
       state = case when missing_listings >= 1 then 'missing' else state end
     where listed and state <> 'missing' and id <> all ($1)
     returning id, state = 'missing' as became`,
    [shown],
  );
  return rows.filter(({ became }) => became).map(({ id }) => id);
};
