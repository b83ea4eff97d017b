import type { Queryable, Tx } from '@collection-sync/postgres';

/** Members that this transfer names with an object, and that had none so far; before the members are changed. */
export const noteLateJoiners = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into late_joiner (target, object, appeared_at)
     select distinct on (i.object) m.target, i.object, i.appeared_at
     from incoming i
     cross join lateral (select * from member k where k.target = $1 and k.resource = i.resource limit 1) m
     where m.object is null and i.object is not null and i.appeared_at is not null
     order by i.object, i.appeared_at
     on conflict (target, object) do nothing`,
    [target],
  );

export const dropOldLateJoiners = (db: Queryable): Promise<number> =>
  db.execute(`delete from late_joiner where appeared_at < now() - interval '30 days'`);
