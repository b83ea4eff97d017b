import { type GuardVerdict, type RunEvent, storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope, tenantIn } from './in-scope.js';

/**
 * State of a plan, as the writer reports it: open → approved | rejected (an operator's command), expired (its time), emptied (nothing of
 * it is left), kept (rejected for good). What was rejected, has expired or is kept stays in the group, and may be approved after all.
 */

export interface PlanRow {
  id: string;
  target: string;
  collection: string;
  run: string | null;
  removals: number;
  held: number;
  guard: GuardVerdict;
  heldAt: Date;
  expiresAt: Date;
  state: 'open' | 'approved' | 'rejected' | 'expired' | 'emptied' | 'kept';
  closedAt: Date | null;
  closedBy: string | null;
}

/** Who is held by the plan now: less than it was made of, when some are wanted again. */
const HELD = `(select count(*) from target t join member m on m.target_no = t.no where t.target = plan.target and m.plan = plan.id::text)`;

const COLUMNS = `id, target, collection, run, removals, guard, held_at as "heldAt", expires_at as "expiresAt", state,
  closed_at as "closedAt", closed_by as "closedBy", ${HELD} as held`;

export const pageOfPlans = (
  db: Queryable,
  scope: string | null,
  filter: { limit: number; state?: string; tenantId?: string; holding?: boolean },
  target: string | undefined,
  position: readonly [string, string] | undefined,
): Promise<PlanRow[]> =>
  db.query<PlanRow>(
    `select ${COLUMNS} from plan
     where ($1::text is null or state = $1) and ($2::text is null or target like $2) and ($3::text is null or target = $3)
       and ($4::timestamptz is null or (held_at, id) < ($4, $5::uuid)) and (not $7::boolean or ${HELD} > 0)
       and ${inScope('$8', tenantIn('target'), 'collection')}
     order by held_at desc, id desc limit $6`,
    [
      filter.state ?? null,
      filter.tenantId ? `${filter.tenantId}/%` : null,
      target ?? null,
      position?.[0] ?? null,
      position?.[1] ?? null,
      filter.limit + 1,
      filter.holding ?? false,
      scope,
    ],
  );

export const findPlan = async (db: Queryable, id: string): Promise<PlanRow | undefined> =>
  (await db.query<PlanRow>(`select ${COLUMNS} from plan where id = $1`, [id]))[0];

export const openPlans = async (
  tx: Queryable,
  events: readonly Extract<RunEvent, { event: 'held' }>[],
): Promise<void> => {
  if (events.length === 0) return;
  await tx.query(
    `insert into plan as p (id, target, collection, run, removals, guard, held_at, expires_at, state)
     select distinct on (plan) plan, target, collection, run, removals, guard, at, "expiresAt", 'open'
     from jsonb_to_recordset($1::jsonb) as r (plan uuid, target text, collection text, run uuid, removals bigint, guard jsonb,
       at timestamptz, "expiresAt" timestamptz, sequence bigint)
     order by plan, sequence desc
     on conflict (id) do update set removals = excluded.removals, guard = excluded.guard, expires_at = excluded.expires_at
     where p.state = 'open'`,
    [storableJson(events)],
  );
};

export const closePlans = async (
  tx: Queryable,
  events: readonly Extract<RunEvent, { event: 'plan-closed' }>[],
): Promise<void> => {
  if (events.length === 0) return;
  await tx.query(
    `update plan p set state = case when r.kept then 'kept' else r.state end, closed_at = r.at, closed_by = r.by
     from (
       select distinct on (plan) * from jsonb_to_recordset($1::jsonb)
         as told (plan uuid, state text, kept boolean, at timestamptz, "by" text, sequence bigint)
       order by plan, sequence desc
     ) r
     where p.id = r.plan and (p.state = 'open' or (p.state in ('rejected', 'expired') and (r.kept or r.state = 'approved'))
       or (p.state = 'kept' and r.state = 'approved'))`,
    [storableJson(events)],
  );
};

/** Nothing of a released mapping is held any more. */
export const emptyPlans = (tx: Queryable, target: string, at: string): Promise<unknown> =>
  tx.query(`update plan set state = 'emptied', closed_at = $2 where target = $1 and state = 'open'`, [target, at]);
