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

/** Seconds from the record's appearance in the directory to now, of those among the objects that joined late; each is told once. */
export const takeJoined = async (tx: Tx, target: number, objects: readonly string[]): Promise<number[]> => {
  const rows = await tx.query<{ seconds: number }>(
    `delete from late_joiner l using entry e
     where l.target = $1 and l.object = any ($2::uuid[]) and e.target = l.target and e.object = l.object and e.applied
     returning greatest(0, extract(epoch from clock_timestamp() - l.appeared_at))::float8 as seconds`,
    [target, objects],
  );
  return rows.map(({ seconds }) => seconds);
};

export const dropOldLateJoiners = (db: Queryable): Promise<number> =>
  db.execute(`delete from late_joiner where appeared_at < now() - interval '30 days'`);
