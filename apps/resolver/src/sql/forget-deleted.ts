import type { Queryable } from '@collection-sync/postgres';

export const forgetDeleted = (on: Queryable, afterDays: number): Promise<number> =>
  on.execute(`delete from directory_object where deleted_at < now() - $1 * interval '1 day'`, [afterDays]);
