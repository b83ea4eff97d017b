import type { Queryable } from '@collection-sync/postgres';

/** Present members that a read did not show. */
export const leavers = async (on: Queryable, collection: string, readNo: number, limit: number): Promise<number[]> => {
  const rows = await on.query<{ resource: number }>(
    `select m.resource from membership m where m.collection = $1 and m.present
       and not exists (select from stage s where s.collection = $1 and s.read_no = $2 and s.resource = m.resource)
     limit $3`,
    [collection, readNo, limit],
  );
  return rows.map(({ resource }) => resource);
};
