import { AppError } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';

/**
 * The table `group_feed`: deltas that follow the members of groups. One worker at a time reads one, by a claim that each page renews; a worker
 * that lost its claim is refused.
 */
export interface Feed {
  readonly id: number;
  readonly tenant: string;
  readonly link: string | null;
  readonly passing: boolean;
  readonly pass: number;
  readonly claim: string;
}

const FREE = `(claimed_until is null or claimed_until < clock_timestamp() or claimed_until > clock_timestamp() + interval '1 h')`;

const claim = async (db: Queryable, where: string, holdMs: number, ...params: unknown[]): Promise<Feed | undefined> =>
  (
    await db.query<Feed>(
      `update group_feed set claim = gen_random_uuid(), claimed_until = clock_timestamp() + make_interval(secs => $1::float8 / 1000),
         round_at = coalesce(round_at, clock_timestamp())
       where id = (select id from group_feed where ${where} and ${FREE} order by next_at limit 1 for update skip locked)
       returning id, tenant, link, passing, pass, claim`,
      [holdMs, ...params],
    )
  )[0];

/** The feed of a tenant that has been due longest. A due time that lies further ahead than any pause was reckoned by a clock that has been set back since. */
export const claimDueFeed = (db: Queryable, holdMs: number, tenant: string): Promise<Feed | undefined> =>
  claim(
    db,
    `(next_at <= (select clock_timestamp()) or next_at > (select clock_timestamp()) + interval '2 h') and tenant = $2`,
    holdMs,
    tenant,
  );

/** This one, due or not, unless another worker reads it just now. */
export const claimFeed = (db: Queryable, id: number, holdMs: number): Promise<Feed | undefined> =>
  claim(db, 'id = $2', holdMs, id);

/** @throws AppError LEASE_LOST when another worker has claimed it */
const own = async (done: Promise<number>, { id }: Feed): Promise<void> => {
  if ((await done) === 0) throw new AppError('LEASE_LOST', `another worker reads feed ${id}`);
};

export const storeLink = (tx: Tx, feed: Feed, link: string, holdMs: number): Promise<void> =>
  own(
    tx.execute(
      `update group_feed set link = $3, claimed_until = clock_timestamp() + make_interval(secs => $4::float8 / 1000), code = null
       where id = $1 and claim = $2`,
      [feed.id, feed.claim, link, holdMs],
    ),
    feed,
  );

/** Its copies are as of the begin of the round. */
export const finishRound = (tx: Tx, feed: Feed, nextInMs: number): Promise<void> =>
  own(
    tx.execute(
      `update group_feed set passing = false, as_of = round_at, round_at = null, claim = null, claimed_until = null,
         next_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       where id = $1 and claim = $2`,
      [feed.id, feed.claim, nextInMs],
    ),
    feed,
  );

/** Everything is read again; until then its copies serve nobody. */
export const startPass = (tx: Tx, feed: Feed, inMs: number): Promise<void> =>
  own(
    tx.execute(
      `update group_feed set link = null, passing = true, pass = pass + 1, round_at = null, claim = null, claimed_until = null,
         next_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       where id = $1 and claim = $2`,
      [feed.id, feed.claim, inMs],
    ),
    feed,
  );

/** Without effect when another worker has claimed it. */
export const recordFailure = (db: Queryable, feed: Feed, code: string, inMs: number): Promise<number> =>
  db.execute(
    `update group_feed set code = $3, claim = null, claimed_until = null, next_at = clock_timestamp() + make_interval(secs => $4::float8 / 1000)
     where id = $1 and claim = $2`,
    [feed.id, feed.claim, code, inMs],
  );

/** Whether any feed of the tenant has failed so already, which need not be told again. */
export const isKnownFailure = async (db: Queryable, tenant: string, code: string): Promise<boolean> =>
  (await db.query(`select from group_feed where tenant = $1 and code = $2 limit 1`, [tenant, code])).length > 0;

export const releaseFeed = (db: Queryable, feed: Feed): Promise<number> =>
  db.execute(`update group_feed set claim = null, claimed_until = null where id = $1 and claim = $2`, [
    feed.id,
    feed.claim,
  ]);

/** Whether its copies are as of a moment or later. */
export const isAsOf = async (db: Queryable, id: number, since: Date): Promise<boolean> =>
  (await db.query(`select from group_feed where id = $1 and not passing and as_of >= $2`, [id, since])).length > 0;

export const databaseClock = async (db: Queryable): Promise<Date> =>
  (await onlyRow(db.query<{ now: Date }>(`select clock_timestamp() as now`))).now;

export const dropEmptyFeeds = (db: Queryable): Promise<number> =>
  db.execute(`delete from group_feed f where not exists (select from group_copy c where c.feed = f.id)`);
