import type { Queryable, Tx } from '@collection-sync/postgres';

/**
 * Requires the daily complete of every target whose time of day has come; the times are spread over the day by the target's id. A stamp
 * that lies in the future counts as long ago.
 */
export const requireDailyCompletes = (db: Queryable, completeMs: number): Promise<number> =>
  db.execute(
    `with day as (
       select target, (abs(hashtext(target)::bigint) % $1::bigint) as slot, (extract(epoch from clock_timestamp()) * 1000)::bigint as ms
       from target where state = 'active' and owed <= served and last_complete_at is not null
     )
     update target t set owed = owed + 1 from day d
     where t.target = d.target and t.owed <= t.served and (t.last_complete_at > clock_timestamp()
       or (extract(epoch from t.last_complete_at) * 1000)::bigint < d.ms - ((d.ms - d.slot) % $1::bigint))`,
    [completeMs],
  );

/**
 * Requires the complete content of targets whose answer is overdue, as long as the members under way without an answer stay below the
 * limit; a single larger one goes alone.
 */
export const requireResends = (
  db: Queryable,
  limits: { resendMs: number; resendMaxMs: number; members: number },
): Promise<number> =>
  db.execute(
    `with behind as (
       select t.target, c.count, t.resends,
         is_due(t.behind_since, least($1 * 2 ^ least(t.resends, 20), $2) * interval '1 ms') as due
       from target t join collection c on c.id = t.collection join tenant n on n.tenant = t.tenant and n.state = 'ready'
       where t.state = 'active' and t.behind_since is not null and t.owed <= t.served
         and (t.merged < t.sent or t.full_reason is not null and t.full_sent)
     ), room as (
       select $3 - coalesce(sum(count), 0) as members, count(*) = 0 as empty from behind where not due and resends > 0
     ), chosen as (
       select b.target, sum(b.count) over (order by b.target) as upto, row_number() over (order by b.target) as rank
       from behind b where b.due
     )
     update target t set owed = owed + 1, resends = resends + 1, behind_since = clock_timestamp()
     from chosen s, room r where t.target = s.target and (s.upto <= r.members or r.empty and s.rank = 1)`,
    [limits.resendMs, limits.resendMaxMs, limits.members],
  );

/** Collections whose compacted record has not been published for long. */
export const oldCollectionRecords = async (db: Queryable, republishMs: number, limit: number): Promise<string[]> => {
  const rows = await db.query<{ id: string }>(
    `select id from collection where listed and is_due(event_at, $1 * interval '1 ms') order by event_at nulls first limit $2`,
    [republishMs, limit],
  );
  return rows.map(({ id }) => id);
};

/** Forgets what has outlived its use. */
export const forgetOld = async (db: Queryable, keptMs: number): Promise<void> => {
  // the time of the statement, for an index does not compare with one that changes meanwhile
  await db.query(`delete from transfer where created_at < statement_timestamp() - $1 * interval '1 ms'`, [keptMs]);
  await db.query(`delete from command_seen where expires_at < clock_timestamp() - $1 * interval '1 ms'`, [keptMs]);
  await db.query(`delete from command where state <> 'new' and expires_at < clock_timestamp()`);
  await db.query(`delete from stage where read_no < (extract(epoch from clock_timestamp()) * 1000)::bigint - 86400000`);
};

/**
 * Drops the content of one collection that has had no mapping and no preview for a day; its version stays, and a complete read comes
 * first when somebody wants it again. Returns whether there was one.
 */
export const forgetUnwanted = async (tx: Tx): Promise<boolean> => {
  const [gone] = await tx.query<{ id: string }>(
    `update collection c set complete_read = 0 where c.id = (
       select k.id from collection k
       where k.complete_read > 0 and k.claim is null and is_due(k.read_at, interval '1 day')
         and not exists (select from target t where t.collection = k.id and t.state in ('active', 'paused'))
         and not exists (select from command m where m.collection = k.id)
       limit 1 for update skip locked)
     returning c.id`,
  );
  if (gone) await tx.query('delete from membership where collection = $1', [gone.id]);
  return gone !== undefined;
};

export interface CronTarget {
  target: string;
  collection: string;
  cron: string;
  timeZone: string;
  readAt: Date | null;
  now: Date;
}

/** Targets with a cron schedule whose next time is not reckoned from the last read. */
export const unplannedCrons = (db: Queryable): Promise<CronTarget[]> =>
  db.query<CronTarget>(
    `select t.target, t.collection, t.cron, coalesce(t.time_zone, 'UTC') as "timeZone", least(c.read_at, clock_timestamp()) as "readAt",
       clock_timestamp() as now
     from target t join collection c on c.id = t.collection
     where t.cron is not null and t.state = 'active'
       and (t.cron_from is null or t.cron_from is distinct from least(c.read_at, clock_timestamp()))`,
  );

export const planCron = async (db: Queryable, target: string, from: Date | null, next: Date | null): Promise<void> => {
  await db.query('update target set cron_from = $2, cron_next = $3 where target = $1', [target, from, next]);
};
