import type { Queryable, Tx } from '@collection-sync/postgres';

/** Which groups have copies, which feed follows them, and which of them are checked. */

const MAPPED = `t.state in ('active', 'paused') and t.teardown is null`;

/** Of groups that are mapped no more. */
export const dropCopies = async (tx: Tx): Promise<void> => {
  const dropped = await tx.query<{ target: number }>(
    `delete from group_copy where target = any (array (
       select c.target from group_copy c join target t on t.id = c.target
       where not (${MAPPED}) limit 100 for update of c skip locked))
     returning target`,
  );
  await tx.execute(`delete from copied_member where target = any ($1)`, [dropped.map(({ target }) => target)]);
};

/** Mapped groups of a tenant that no feed follows, with those that were lost an hour ago. */
export const unfollowedTargets = async (tx: Tx, tenant: string, limit: number): Promise<number[]> =>
  (
    await tx.query<{ id: number }>(
      `select t.id from target t left join group_copy c on c.target = t.id
       where t.tenant = $1 and ${MAPPED} and t.complete_for = t.activated
         and (c.target is null or c.state = 'lost' and c.lost_at < clock_timestamp() - interval '1 h')
       order by t.id limit $2 for update of t skip locked`,
      [tenant, limit],
    )
  ).map(({ id }) => id);

export interface SmallFeed {
  readonly feed: number;
  readonly targets: number[];
}

/** A feed of the tenant with at most so many groups that nobody reads just now, locked. */
export const takeSmallFeed = async (
  tx: Tx,
  tenant: string,
  most: number,
  but: readonly number[],
): Promise<SmallFeed | undefined> =>
  (
    await tx.query<SmallFeed>(
      `select f.id as feed, array (select c.target from group_copy c where c.feed = f.id and c.state <> 'lost' order by 1) as targets
       from group_feed f
       where f.tenant = $1 and f.claim is null and f.code is null and not f.id = any ($3)
         and (select count(*) from group_copy c where c.feed = f.id and c.state <> 'lost') between 1 and $2
       order by f.id limit 1 for update of f skip locked`,
      [tenant, most, but],
    )
  )[0];

/** They are read from their beginning, by a feed of their own. */
export const openFeed = async (tx: Tx, tenant: string, targets: readonly number[]): Promise<void> => {
  await tx.execute(`delete from copied_member where target = any ($1)`, [targets]);
  await tx.execute(
    `with feed as (insert into group_feed (tenant) values ($1) returning id)
     insert into group_copy (target, feed) select t, feed.id from feed, unnest($2::int[]) t order by 1
     on conflict (target) do update set feed = excluded.feed, state = 'reading', named_in = 0, lost_at = null, why = null, touched = true,
       checking = null, doubts = '{}'`,
    [tenant, targets],
  );
};

export interface CopyToCheck {
  readonly target: number;
  readonly name: string;
  readonly feed: number;
  readonly checking: string;
}

/** The copy of a tenant whose check is due. One that cannot be checked has its turn in an hour. */
export const takeCopyToCheck = async (db: Queryable, tenant: string): Promise<CopyToCheck | undefined> =>
  (
    await db.query<CopyToCheck>(
      `update group_copy c set checking = gen_random_uuid(), check_at = clock_timestamp() + interval '1 h'
       from target t
       where t.id = c.target and c.target = (
         select k.target from group_copy k join target o on o.id = k.target
         where k.state = 'ready' and o.tenant = $1 and k.check_at < (select clock_timestamp())
         order by k.check_at limit 1 for update of k skip locked)
       returning c.target, t.target as name, c.feed, c.checking`,
      [tenant],
    )
  )[0];

/** What the check before found different; undefined when the copy was lost or is checked by another one meanwhile. */
export const lockChecked = async (tx: Tx, { target, checking }: CopyToCheck): Promise<string[] | undefined> =>
  (
    await tx.query<{ differences: string[] }>(
      `select doubts as differences from group_copy where target = $1 and checking = $2 and state = 'ready' for update`,
      [target, checking],
    )
  )[0]?.differences;

/** What it found different is looked at again when a late delta has told it; else the next check is a day later. */
export const storeChecked = (tx: Tx, target: number, differences: readonly string[], lagMs: number): Promise<unknown> =>
  tx.query(
    `update group_copy set checking = null, doubts = $2,
       check_at = clock_timestamp() + case when $2::uuid[] = '{}' then interval '24 h' else make_interval(secs => $3::float8 / 1000) end
     where target = $1`,
    [target, differences, lagMs],
  );
