import { storableJson, type CronTimes } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

/**
 * The tables `full_run_due` and `compare_run_due`: the next run of a kind by a mapping's own times. Only its loop writes them, under the lock
 * of the target.
 */
export const PLANNED_KINDS = ['full', 'compare'] as const;
export type PlannedKind = (typeof PLANNED_KINDS)[number];

const TABLES: Readonly<Record<PlannedKind, { table: string; times: string }>> = {
  full: { table: 'full_run_due', times: `m.policy -> 'fullRuns'` },
  compare: { table: 'compare_run_due', times: `m.policy -> 'compareRuns'` },
};

/** Targets with times whose run is due, or whose times are not reckoned yet. */
export const targetsWithTimes = (db: Queryable, kind: PlannedKind, limit: number): Promise<{ target: string }[]> => {
  const { table, times } = TABLES[kind];
  return db.query(
    `select m.target from mapping m left join ${table} f on f.target = m.target
     where m.state = 'active' and jsonb_typeof(${times}) = 'object'
       and (f.target is null or f.times <> ${times} or f.due_at <= now())
     order by m.target limit $1`,
    [limit],
  );
};

export interface RunTimes {
  times: CronTimes;
  /** the times that are reckoned with have come; not when they are new */
  due: boolean;
  now: Date;
}

/** As it stands under the lock of the target; undefined when there is nothing to do any more. */
export const readRunTimes = async (tx: Tx, kind: PlannedKind, target: string): Promise<RunTimes | undefined> => {
  const { table, times } = TABLES[kind];
  const [row] = await tx.query<RunTimes>(
    `select ${times} as times, f.times is not distinct from ${times} as due, clock_timestamp() as now
     from mapping m left join ${table} f on f.target = m.target
     where m.target = $1 and m.state = 'active' and jsonb_typeof(${times}) = 'object'
       and (f.target is null or f.times <> ${times} or f.due_at <= clock_timestamp())`,
    [target],
  );
  return row;
};

/** `next` null: the times never come again. */
export const storeRunDue = (
  tx: Tx,
  kind: PlannedKind,
  target: string,
  times: CronTimes,
  next: Date | null,
): Promise<number> =>
  tx.execute(
    `insert into ${TABLES[kind].table} as f (target, times, due_at) values ($1, $2::jsonb, coalesce($3::timestamptz, 'infinity'))
     on conflict (target) do update set times = excluded.times, due_at = excluded.due_at`,
    [target, storableJson(times), next],
  );
