import type { Queryable } from '@collection-sync/postgres';

/** True for the one replica that lists the collections of this tick; ticks follow each other without drifting. */
export const claimListing = async (on: Queryable, tickMs: number): Promise<boolean> =>
  (await on.execute(
    `update site set listed_at =
       case when listed_at + $1 * interval '1.5 ms' > clock_timestamp() and listed_at <= clock_timestamp()
         then listed_at + $1 * interval '1 ms' else clock_timestamp() end
     where is_due(listed_at, $1 * interval '1 ms')`,
    [tickMs],
  )) > 0;
