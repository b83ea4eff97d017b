import type { Queryable } from '@collection-sync/postgres';

/** From so many new rows on the planner must hear of them at once, or it compares every row with every other. */
export const MANY_ROWS = 5_000;

export const refreshStatistics = async (on: Queryable, table: 'stage' | 'membership' | 'resource'): Promise<void> => {
  await on.query(`analyze ${table}`);
};
