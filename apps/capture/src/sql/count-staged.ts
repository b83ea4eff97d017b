import type { Queryable } from '@collection-sync/postgres';

export const countStaged = async (
  on: Queryable,
  collection: string,
  readNo: number,
): Promise<{ rows: number; distinct: number }> => {
  const [counted] = await on.query<{ rows: number; distinct: number }>(
    `select coalesce(sum(n), 0)::bigint as rows, count(*) as distinct from
       (select count(*) as n from stage where collection = $1 and read_no = $2 group by resource) as each`,
    [collection, readNo],
  );
  return counted ?? { rows: 0, distinct: 0 };
};
