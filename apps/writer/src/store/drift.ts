import type { Drift } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { gone } from './entry-states.js';

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

/**
 * What others changed in a group: who is in the copy and was neither put there nor found by a full run, and who is wanted and was there. What our
 * own calls wrote shortly before may not have reached the copy yet.
 */
const countDrift = (tx: Tx, target: number, lagMs: number): Promise<{ unmanaged: number; missing: number }> =>
  onlyRow(
    tx.query(
      `select
         (select count(*) from copied_member m left join entry e on e.target = m.target and e.object = m.object
          where m.target = $1 and (e.object is null or ${gone('e')} and ${settled('e')})) as unmanaged,
         (select count(*) from entry e where e.target = $1 and e.wanted and e.applied and not e.unconfirmed and ${settled('e')}
            and not exists (select from copied_member m where m.target = e.target and m.object = e.object)) as missing`,
      [target, lagMs],
    ),
  );

const settled = (e: string): string =>
  `coalesce(${e}.written_at < clock_timestamp() - make_interval(secs => $2::float8 / 1000), true)`;

/** Counted anew; undefined when it is as it was, or the copy is none any more. */
export const recountDrift = async (tx: Tx, target: number, lagMs: number): Promise<Drift | undefined> => {
  const [before] = await tx.query<{ unmanaged: number | null; missing: number | null; asOf: Date }>(
    `select c.unmanaged, c.missing, f.as_of as "asOf" from group_copy c join group_feed f on f.id = c.feed
     where c.target = $1 and c.state = 'ready' and not f.passing for update of c`,
    [target],
  );
  if (!before) return undefined;
  const now = await countDrift(tx, target, lagMs);
  await tx.execute(`update group_copy set touched = false, unmanaged = $2, missing = $3 where target = $1`, [
    target,
    now.unmanaged,
    now.missing,
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
