import type { Drift } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { confirmed, gone } from './entry-states.js';

/** Copies of a feed that changed, or that others had changed when it was last counted. */
export const copiesToCount = async (db: Queryable, feed: number): Promise<number[]> =>
  (
    await db.query<{ target: number }>(
      `select c.target from group_copy c join target t on t.id = c.target
       where c.feed = $1 and c.state = 'ready' and (c.touched or c.unmanaged + c.missing > 0) and t.complete_for = t.activated
       order by c.target`,
      [feed],
    )
  ).map(({ target }) => target);

interface Counted {
  readonly unmanaged: number;
  readonly missing: number;
  /** what our own calls wrote so shortly before that the copy may not have it yet */
  readonly early: number;
}

/**
 * What others changed in a group: who is in the copy and was neither put there nor found by a full run, and who is wanted and was there.
 */
const countDrift = (tx: Tx, target: number, lagMs: number): Promise<Counted> =>
  onlyRow(
    tx.query(
      `with different as (
         select 'unmanaged' as what, e.written_at from copied_member m left join entry e on e.target = m.target and e.object = m.object
         where m.target = $1 and (e.object is null or ${gone('e')})
         union all
         select 'missing', e.written_at from entry e
         where e.target = $1 and e.wanted and ${confirmed('e')}
           and not exists (select from copied_member m where m.target = e.target and m.object = e.object)
       ), judged as (
         select what, coalesce(written_at > clock_timestamp() - make_interval(secs => $2::float8 / 1000), false) as early from different
       )
       select count(*) filter (where what = 'unmanaged' and not early) as unmanaged,
         count(*) filter (where what = 'missing' and not early) as missing, count(*) filter (where early) as early
       from judged`,
      [target, lagMs],
    ),
  );

/** Counted anew; undefined when it is as it was, or the copy is none any more. */
export const recountDrift = async (tx: Tx, target: number, lagMs: number): Promise<Drift | undefined> => {
  const [before] = await tx.query<{ unmanaged: number | null; missing: number | null; asOf: Date }>(
    `select c.unmanaged, c.missing, f.as_of as "asOf" from group_copy c join group_feed f on f.id = c.feed
     where c.target = $1 and c.state = 'ready' and not f.passing for update of c`,
    [target],
  );
  if (!before) return undefined;
  const { early, ...now } = await countDrift(tx, target, lagMs);
  // counted again until nothing is too early to tell
  await tx.execute(`update group_copy set touched = $4, unmanaged = $2, missing = $3 where target = $1`, [
    target,
    now.unmanaged,
    now.missing,
    early > 0,
  ]);
  if (now.unmanaged === before.unmanaged && now.missing === before.missing) return undefined;
  return { ...now, asOf: before.asOf.toISOString() };
};

/** As it was counted last. */
export const readDrift = async (db: Queryable, target: number): Promise<Drift | undefined> => {
  const [row] = await db.query<{ unmanaged: number; missing: number; asOf: Date }>(
    `select c.unmanaged, c.missing, f.as_of as "asOf" from group_copy c join group_feed f on f.id = c.feed
     where c.target = $1 and c.state = 'ready' and not f.passing and c.unmanaged is not null`,
    [target],
  );
  return row && { ...row, asOf: row.asOf.toISOString() };
};
