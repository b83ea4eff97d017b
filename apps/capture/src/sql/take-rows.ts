import type { Database } from '@collection-sync/postgres';

/** Books rows that were asked of the site; answers how many milliseconds to rest before the next page. */
export const takeRows = async (
  database: Database,
  rows: number,
  limits: { rowsPerSecond: number; burstRows: number },
): Promise<number> => {
  const [budget] = await database.query<{ rows_left: number }>(
    `insert into row_budget as b (rows_left, at) values ($2::float8 - $1::float8, clock_timestamp())
     on conflict (only_one) do update set at = clock_timestamp(), rows_left = least($2::float8,
       b.rows_left + greatest(0, extract(epoch from clock_timestamp() - b.at)::float8) * $3::float8) - $1::float8
     returning rows_left`,
    [rows, limits.burstRows, limits.rowsPerSecond],
  );
  const left = budget?.rows_left ?? 0;
  return left >= 0 ? 0 : (-left / limits.rowsPerSecond) * 1_000;
};
