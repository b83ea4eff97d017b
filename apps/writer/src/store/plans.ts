import type { GuardVerdict } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { isPutOff } from './setbacks.js';
import { leftLately, member, perhapsThere, stays, unapprovedRemoval } from './entry-states.js';

export interface RemovalCounts {
  /** removals without approval to come or under way, those just made included */
  removals: number;
  /** departures without approval in the last 24 hours */
  left: number;
  /** members now, and what left in the last 24 hours with or without approval */
  size: number;
  /** no longer wanted, never known to be there, but perhaps */
  perhaps: number;
  /** members that stay when every removal is done */
  staying: number;
}

/** Who left the target `$1` in the last 24 hours. */
export const DEPARTED = `departed as (
  select d.object, count(*) filter (where not d.approved) as unapproved from departure d
  where d.target = $1 and ${leftLately('d')} group by d.object)`;

/** What the guard judges by; after the new removals were stored. What has left and is unconfirmed again counts as a departure alone. */
export const countRemovals = (tx: Tx, target: number): Promise<RemovalCounts> =>
  onlyRow(
    tx.query<RemovalCounts>(
      `with ${DEPARTED}
       select
         count(*) filter (where ${unapprovedRemoval('e')} and (e.applied or d.object is null)) as removals,
         (select coalesce(sum(unapproved), 0)::bigint from departed) as left,
         count(*) filter (where ${member('e')})
           + (select count(*) from departed d where not exists
               (select 1 from entry e where e.target = $1 and e.object = d.object and ${member('e')})) as size,
         count(*) filter (where not e.wanted and not e.applied and e.unconfirmed and d.object is null) as perhaps,
         count(*) filter (where ${stays('e', 'p')}) as staying
       from entry e left join plan p on p.id = e.plan left join lateral (
         select k.object from departure k
         where k.target = $1 and k.object = e.object and ${leftLately('k')} limit 1
       ) d on true
       where e.target = $1`,
      [target],
    ),
  );

export const insertPlan = async (
  tx: Tx,
  plan: {
    id: string;
    target: number;
    run: string | null;
    removals: number;
    guard: GuardVerdict;
    expiresAfterHours: number;
  },
): Promise<Date> =>
  (
    await onlyRow(
      tx.query<{ expiresAt: Date }>(
        `insert into plan (id, target, run, removals, guard, created_at, expires_at)
       values ($1, $2, $3, $4, $5::jsonb, clock_timestamp(), clock_timestamp() + make_interval(secs => $6::float8 * 3600))
       returning expires_at as "expiresAt"`,
        [plan.id, plan.target, plan.run, plan.removals, JSON.stringify(plan.guard), plan.expiresAfterHours],
      ),
    )
  ).expiresAt;

/** The removals just made become the exact set of the plan. */
export const holdTouched = (tx: Tx, target: number, plan: string): Promise<number> =>
  tx.execute(
    `update entry set plan = $2, code = 'RemovalHeld'
     where target = $1 and object = any (array(select object from touched where flip = 'unwanted')) and not wanted
       and ${perhapsThere()}`,
    [target, plan],
  );

export interface OpenPlan {
  id: string;
  run: string | null;
  removals: number;
  guard: GuardVerdict;
  expiresAt: Date;
  expired: boolean;
}

export interface HoldingPlan extends OpenPlan {
  state: 'open' | 'rejected' | 'expired' | 'kept';
}

const OPEN = `id, run, removals, guard, expires_at as "expiresAt",
  expires_at <= clock_timestamp() or created_at > clock_timestamp() + interval '10 s' as expired`;

export const openPlans = (db: Queryable, target: number): Promise<OpenPlan[]> =>
  db.query<OpenPlan>(`select ${OPEN} from plan where target = $1 and state = 'open' order by created_at`, [target]);

/** A plan that still holds somebody: open, or rejected, expired or kept for good, which may be approved after all. */
export const findHoldingPlan = async (db: Queryable, target: number, id: string): Promise<HoldingPlan | undefined> =>
  (
    await db.query<HoldingPlan>(
      `select ${OPEN}, state from plan p where p.target = $1 and p.id::text = $2 and p.state in ('open', 'rejected', 'expired', 'kept')
         and exists (select 1 from entry e where e.target = $1 and e.plan = p.id and not e.wanted)`,
      [target, id],
    )
  )[0];

export const targetOfExpiredPlan = async (db: Queryable): Promise<number | undefined> =>
  (
    await db.query<{ target: number }>(
      `select target from plan where state = 'open' and not ${isPutOff('plans', 'plan.target')}
         and (expires_at <= clock_timestamp() or created_at > clock_timestamp() + interval '10 s') limit 1`,
    )
  )[0]?.target;

export const closePlan = (
  tx: Tx,
  plan: string,
  state: 'approved' | 'rejected' | 'expired' | 'emptied' | 'kept',
  by?: string,
): Promise<number> =>
  tx.execute(
    `update plan set state = $2, closed_at = clock_timestamp(), closed_by = $3
     where id = $1 and (state = 'open' or (state in ('rejected', 'expired') and $2 in ('approved', 'kept'))
       or (state = 'kept' and $2 = 'approved'))`,
    [plan, state, by ?? null],
  );

/** Approved: those of its objects, or of the named ones among them, that are still unwanted may go. Returns how many. */
export const releasePlan = (
  tx: Tx,
  target: number,
  plan: string,
  objects: readonly string[] | null = null,
): Promise<number> =>
  tx.execute(
    `update entry set plan = null, approved = true, code = null, message = null, attempts = 0, retry_at = null, failed_in = null
     where target = $1 and plan = $2 and not wanted and ($3::uuid[] is null or object = any ($3::uuid[]))`,
    [target, plan, objects],
  );

/** Whether anybody is held by the plan. */
export const holdsAnybody = async (tx: Tx, target: number, plan: string): Promise<boolean> =>
  (await tx.query('select 1 from entry where target = $1 and plan = $2 limit 1', [target, plan])).length > 0;

/** Rejected, expired or kept for good: they stay, with the reason. */
export const keepPlan = (
  tx: Tx,
  target: number,
  plan: string,
  code: 'RemovalRejected' | 'RemovalExpired' | 'KeptUnmanaged',
): Promise<number> => tx.execute(`update entry set code = $3 where target = $1 and plan = $2`, [target, plan, code]);

/** Open plans that nothing belongs to any more. */
export const emptiedPlans = (tx: Tx, target: number): Promise<{ id: string }[]> =>
  tx.query<{ id: string }>(
    `select p.id from plan p where p.target = $1 and p.state = 'open' and not exists (select 1 from entry e where e.plan = p.id)`,
    [target],
  );

/** Departures that the guard does not count any more. */
export const dropOldDepartures = (db: Queryable): Promise<number> =>
  db.execute(`delete from departure where at < (select clock_timestamp()) - interval '25 h'`);
