import { AppError } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';
import type { Kind } from './kinds.js';

/**
 * The table `feed`: how far the mirror of one kind in one tenant is. Its states, and who changes them (always the replica that has taken the
 * feed, in the transaction that stores what it stands for):
 *
 *   pass    everything is being read                      → sweep   storeCursor, with the last page
 *   sweep   what the pass did not list is marked deleted  → delta   finishPass
 *                                                         → pass    repeatPass, when the pass is doubted
 *   delta   changes are followed                          → pass    startPass, when the delta link is refused; takeFeed, when it tracks
 *                                                                   other properties, or rows were left out an hour ago
 *
 * `ready` is set by the first finishPass and stays: a later pass replaces the mirror while it serves. `feedNo` fences: it grows with each
 * takeFeed, and whoever holds an older one is refused by lockFeed.
 */
type Phase = 'pass' | 'sweep' | 'delta';

export interface FeedRow {
  readonly tenant: string;
  readonly kind: Kind;
  readonly phase: Phase;
  /** where to read on; null at the beginning of a pass */
  readonly link: string | null;
  readonly selected: string;
  readonly pass: number;
  /** the last full pass that was not believed, and why; null when a later one was */
  readonly doubtedPass: number | null;
  readonly doubt: string | null;
  /** rows that could not be read, since the pass began */
  readonly leftOut: number;
  readonly feedNo: number;
  readonly ready: boolean;
  readonly readySince: Date | null;
  readonly done: number;
  readonly objects: number;
  readonly checkedAt: Date | null;
  /** how long it has failed without a break, by the clock of the database; null while it works */
  readonly failingMs: number | null;
  readonly code: string | null;
  readonly reason: string | null;
}

const COLUMNS = `tenant, kind, phase, link, selected, pass, doubted_pass as "doubtedPass", doubt, left_out as "leftOut",
  feed_no as "feedNo", ready,
  ready_since as "readySince", done, objects, checked_at as "checkedAt",
  (extract(epoch from now() - failed_since) * 1000)::float8 as "failingMs", code, reason`;

/** From now on this kind is mirrored in this tenant. */
export const ensureFeed = (db: Queryable, tenant: string, kind: Kind): Promise<number> =>
  db.execute('insert into feed (tenant, kind) values ($1, $2) on conflict do nothing', [tenant, kind]);

export const readFeeds = (db: Queryable, tenant: string): Promise<FeedRow[]> =>
  db.query<FeedRow>(`select ${COLUMNS} from feed where tenant = $1 order by kind`, [tenant]);

/** A due time that lies further ahead than any pause was reckoned by a clock that has been set back since. */
export const feedIsDue = async (db: Queryable, tenant: string, kind: Kind): Promise<boolean> => {
  const [row] = await db.query<{ due: boolean }>(
    `select next_at <= now() or next_at > now() + interval '1 hour' as due from feed where tenant = $1 and kind = $2`,
    [tenant, kind],
  );
  return found(row, tenant, kind).due;
};

/** Makes this the only replica whose pages count. A link that tracks other properties than `selected`, or lacks rows, is left for a new pass. */
export const takeFeed = async (db: Queryable, tenant: string, kind: Kind, selected: string): Promise<FeedRow> => {
  const [row] = await db.query<FeedRow>(
    `with taken as (
       select tenant as of_tenant, kind as of_kind,
         selected not in ('', $3) or coalesce(phase = 'delta' and pass_again_at <= now(), false) as restarted
       from feed where tenant = $1 and kind = $2 for update
     )
     update feed set feed_no = feed_no + 1, selected = $3,
       link = case when not restarted then link end,
       phase = case when restarted then 'pass' else phase end,
       pass = case when restarted then pass + 1 else pass end,
       done = case when restarted then 0 else done end,
       left_out = case when restarted then 0 else left_out end,
       pass_again_at = case when not restarted then pass_again_at end
     from taken where tenant = of_tenant and kind = of_kind
     returning ${COLUMNS}`,
    [tenant, kind, selected],
  );
  return found(row, tenant, kind);
};

/**
 * Locks the feed for the rest of the transaction, if it is still ours and where we left it.
 * @throws AppError LEASE_LOST when another replica has taken it
 */
export const lockFeed = async (tx: Tx, { tenant, kind, feedNo }: FeedRow): Promise<FeedRow> => {
  const [row] = await tx.query<FeedRow>(
    `select ${COLUMNS} from feed where tenant = $1 and kind = $2 and feed_no = $3 for update`,
    [tenant, kind, feedNo],
  );
  if (!row) throw new AppError('LEASE_LOST', `another replica feeds the ${kind} mirror of tenant ${tenant}`);
  return row;
};

export interface Cursor {
  readonly phase: Phase;
  readonly link: string;
  /** objects listed by this page, and by how many the mirror has grown */
  readonly listed: number;
  readonly grown: number;
  /** rows that could not be read */
  readonly leftOut: number;
}

/** Remembers where to read on; Graph has answered, so whatever failed before is over. */
export const storeCursor = (tx: Tx, { tenant, kind }: FeedRow, cursor: Cursor): Promise<number> =>
  tx.execute(
    `update feed set phase = $3, link = $4, done = done + $5, objects = greatest(0, objects + $6), checked_at = now(),
       failed_since = null, code = null, reason = null, left_out = left_out + $7,
       pass_again_at = case when $7 > 0 then now() + interval '1 hour' else pass_again_at end
     where tenant = $1 and kind = $2`,
    [tenant, kind, cursor.phase, cursor.link, cursor.listed, cursor.grown, cursor.leftOut],
  );

/** Begins again; a mirror that is ready stays so and keeps serving. */
export const startPass = (tx: Tx, { tenant, kind }: FeedRow): Promise<number> =>
  tx.execute(
    `update feed set phase = 'pass', link = null, pass = pass + 1, done = 0, left_out = 0, pass_again_at = null
     where tenant = $1 and kind = $2`,
    [tenant, kind],
  );

/** Asks for everything once more, since this pass is doubted. */
export const repeatPass = (tx: Tx, { tenant, kind }: FeedRow, doubt: string, againInMs: number): Promise<number> =>
  tx.execute(
    `update feed set phase = 'pass', link = null, doubted_pass = pass, doubt = $3, pass = pass + 1, done = 0,
       left_out = 0, pass_again_at = null, next_at = now() + $4 * interval '1 ms'
     where tenant = $1 and kind = $2`,
    [tenant, kind, doubt, againInMs],
  );

/** The mirror now holds what the pass listed, and nothing else unless rows were left out. */
export const finishPass = (tx: Tx, { tenant, kind }: FeedRow): Promise<number> =>
  tx.execute(
    `update feed set phase = 'delta', ready = true, doubted_pass = null, doubt = null,
       ready_since = coalesce(ready_since, now()),
       objects = (select count(*) from directory_object o
                  where o.tenant = feed.tenant and o.kind = feed.kind and o.deleted_at is null)
     where tenant = $1 and kind = $2`,
    [tenant, kind],
  );

/** Without effect when another replica has taken the feed. */
export const planNextRound = (db: Queryable, { tenant, kind, feedNo }: FeedRow, inMs: number): Promise<number> =>
  db.execute(
    `update feed set next_at = now() + $4 * interval '1 ms' where tenant = $1 and kind = $2 and feed_no = $3`,
    [tenant, kind, feedNo, inMs],
  );

/** Without effect when another replica has taken the feed. */
export const recordFailure = (
  db: Queryable,
  { tenant, kind, feedNo }: FeedRow,
  failure: { code: string; reason: string; againInMs: number },
): Promise<number> =>
  db.execute(
    `update feed set failed_since = coalesce(failed_since, now()), code = $4, reason = $5, next_at = now() + $6 * interval '1 ms'
     where tenant = $1 and kind = $2 and feed_no = $3`,
    [tenant, kind, feedNo, failure.code, failure.reason, failure.againInMs],
  );

const found = <T>(row: T | undefined, tenant: string, kind: Kind): T => {
  if (row === undefined) throw new Error(`the feed of the ${kind} mirror of tenant ${tenant} is gone`);
  return row;
};
