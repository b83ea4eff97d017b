import { storableJson, type CronTimes } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

/** The table `full_run_due`: the next full run by a mapping's own times. Only its loop writes it, under the lock of the target. */

/** Targets with times whose full run is due, or whose times are not reckoned yet. */
export const targetsWithFullRuns = (db: Queryable, limit: number): Promise<{ target: string }[]> =>
  db.query(
    `select m.target from mapping m left join full_run_due f on f.target = m.target
     where m.state = 'active' and jsonb_typeof(m.policy -> 'fullRuns') = 'object'
       and (f.target is null or f.times <> m.policy -> 'fullRuns' or f.due_at <= now())
     order by m.target limit $1`,
    [limit],
  );

export interface FullRunTimes {
  times: CronTimes;
  /** the times that are reckoned with have come; not when they are new */
  due: boolean;
  now: Date;
}

/** As it stands under the lock of the target; undefined when there is nothing to do any more. */
export const readFullRunTimes = async (tx: Tx, target: string): Promise<FullRunTimes | undefined> => {
  const [row] = await tx.query<FullRunTimes>(
    `select m.policy -> 'fullRuns' as times, f.times is not distinct from m.policy -> 'fullRuns' as due, clock_timestamp() as now
     from mapping m left join full_run_due f on f.target = m.target
     where m.target = $1 and m.state = 'active' and jsonb_typeof(m.policy -> 'fullRuns') = 'object'
       and (f.target is null or f.times <> m.policy -> 'fullRuns' or f.due_at <= clock_timestamp())`,
    [target],
  );
  return row;
};

/** `next` null: the times never come again. */
export const storeFullRunDue = (tx: Tx, target: string, times: CronTimes, next: Date | null): Promise<number> =>
  tx.execute(
    `insert into full_run_due as f (target, times, due_at) values ($1, $2::jsonb, coalesce($3::timestamptz, 'infinity'))
     on conflict (target) do update set times = excluded.times, due_at = excluded.due_at`,
    [target, storableJson(times), next],
  );
