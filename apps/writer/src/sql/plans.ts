import type { GuardVerdict } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

export interface RemovalCounts {
  /** members of the group now, those among them whose call has no answer yet */
  members: number;
  /** removals pending or under way without approval, those just made included */
  pending: number;
  /** what left without approval in the last 24 hours */
  left: number;
  /** members that stay when every removal is done; what was rejected or has expired stays */
  staying: number;
}

/** What the guard judges by; after the new removals were stored. */
export const countRemovals = async (tx: Tx, target: number, underWay: readonly string[]): Promise<RemovalCounts> =>
  (
    await tx.query<RemovalCounts>(
      `select
         count(*) filter (where e.applied or e.unsure) as members,
         count(*) filter (where not e.approved and e.plan is null
           and ((not e.wanted and (e.applied or e.unsure)) or (e.wanted and e.object = any ($2::uuid[])))) as pending,
         (select count(*) from departure d where d.target = $1 and d.at > clock_timestamp() - interval '24 h') as left,
         count(*) filter (where (e.applied or e.unsure) and (e.wanted or p.state in ('rejected', 'expired'))) as staying
       from entry e left join plan p on p.id = e.plan where e.target = $1`,
      [target, underWay],
    )
  )[0] ?? { members: 0, pending: 0, left: 0, staying: 0 };

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
    await tx.query<{ expiresAt: Date }>(
      `insert into plan (id, target, run, removals, guard, created_at, expires_at)
       values ($1, $2, $3, $4, $5::jsonb, clock_timestamp(), clock_timestamp() + make_interval(secs => $6::float8 * 3600))
       returning expires_at as "expiresAt"`,
      [plan.id, plan.target, plan.run, plan.removals, JSON.stringify(plan.guard), plan.expiresAfterHours],
    )
  )[0]?.expiresAt ?? new Date(0);

/** The removals just made become the exact set of the plan. */
export const holdTouched = (tx: Tx, target: number, plan: string): Promise<number> =>
  tx.execute(
    `update entry set plan = $2, code = 'RemovalHeld'
     where target = $1 and object = any (array(select object from touched where flip = 'unwanted')) and not wanted
       and (applied or unsure)`,
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

const OPEN = `id, run, removals, guard, expires_at as "expiresAt",
  expires_at <= clock_timestamp() or created_at > clock_timestamp() + interval '10 s' as expired`;

export const openPlans = (on: Queryable, target: number): Promise<OpenPlan[]> =>
  on.query<OpenPlan>(`select ${OPEN} from plan where target = $1 and state = 'open' order by created_at`, [target]);

export const targetOfExpiredPlan = async (on: Queryable): Promise<number | undefined> =>
  (
    await on.query<{ target: number }>(
      `select target from plan where state = 'open'
         and (expires_at <= clock_timestamp() or created_at > clock_timestamp() + interval '10 s') limit 1`,
    )
  )[0]?.target;

export const closePlan = (
  tx: Tx,
  plan: string,
  state: 'approved' | 'rejected' | 'expired' | 'emptied',
  by?: string,
): Promise<number> =>
  tx.execute(
    `update plan set state = $2, closed_at = clock_timestamp(), closed_by = $3 where id = $1 and state = 'open'`,
    [plan, state, by ?? null],
  );

/** Approved: those of its objects that are still unwanted may go. Answers how many. */
export const releasePlan = (tx: Tx, target: number, plan: string): Promise<number> =>
  tx.execute(
    `update entry set plan = null, approved = true, code = null, message = null, attempts = 0, retry_at = null, failed_in = null
     where target = $1 and plan = $2 and not wanted`,
    [target, plan],
  );

/** Rejected or expired: they stay, with the reason. */
export const keepPlan = (
  tx: Tx,
  target: number,
  plan: string,
  code: 'RemovalRejected' | 'RemovalExpired',
): Promise<number> => tx.execute(`update entry set code = $3 where target = $1 and plan = $2`, [target, plan, code]);

/** Open plans that nothing belongs to any more. */
export const emptiedPlans = (tx: Tx, target: number): Promise<{ id: string }[]> =>
  tx.query<{ id: string }>(
    `select p.id from plan p where p.target = $1 and p.state = 'open' and not exists (select 1 from entry e where e.plan = p.id)`,
    [target],
  );

/** Departures that the guard does not count any more. */
export const dropOldDepartures = (on: Queryable): Promise<number> =>
  on.execute(`delete from departure where at < clock_timestamp() - interval '25 h'`);
