import { type GuardVerdict, type RunCounts, type RunEvent, storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

/** What is newly known of a run. */
export interface RunPatch {
  id: string;
  collection: string;
  activated: number;
  kind: string;
  state: 'running' | 'completed' | 'failed' | 'cancelled';
  started_at: string;
  number: number;
  ended_at?: string;
  trigger?: string;
  adds?: number;
  removes?: number;
  guard?: GuardVerdict;
  counts?: RunCounts;
  members?: number;
  failure?: object;
  why?: string;
}

/** With the id of the trace that it belongs to, if there is one. */
export type TracedRunEvent = RunEvent & { readonly trace?: string | undefined };

export const storeRunEvents = async (tx: Queryable, events: readonly TracedRunEvent[]): Promise<void> => {
  if (events.length === 0) return;
  await tx.query(
    `insert into run_event (target, producer, number, run, event, at, body)
     select target, producer, number, run, event, at, body - array['target', 'producer', 'number', 'run', 'event', 'at', 'collection', 'activated']
     from jsonb_array_elements($1::jsonb) as body,
       jsonb_to_record(body) as r (target text, producer text, number bigint, run uuid, event text, at timestamptz)
     on conflict do nothing`,
    [storableJson(events)],
  );
};

/** A run that has ended stays ended; what a later event does not say keeps its value. The proof is that of the read it works on. */
export const storeRuns = async (tx: Queryable, target: string, patches: readonly RunPatch[]): Promise<void> => {
  if (patches.length === 0) return;
  await tx.query(
    `insert into run as r (id, target, collection, activated, kind, state, started_at, number, ended_at, trigger, adds, removes, guard,
       counts, members, failure, why, proof, read_at)
     select p.id, $1, p.collection, p.activated, p.kind, p.state, p.started_at, p.number, p.ended_at, p.trigger, p.adds, p.removes, p.guard,
       p.counts, p.members, p.failure, p.why, (select last_complete from collection c where c.collection = p.collection),
       (select merged_read_at from target t where t.target = $1)
     from jsonb_to_recordset($2::jsonb) as p (id uuid, collection text, activated bigint, kind text, state text, started_at timestamptz,
       number bigint, ended_at timestamptz, trigger text, adds bigint, removes bigint, guard jsonb, counts jsonb, members bigint,
       failure jsonb, why text)
     on conflict (id) do update set state = case when r.state = 'running' then excluded.state else r.state end,
       number = greatest(r.number, excluded.number), started_at = least(r.started_at, excluded.started_at),
       ended_at = coalesce(r.ended_at, excluded.ended_at), trigger = coalesce(r.trigger, excluded.trigger),
       adds = coalesce(excluded.adds, r.adds), removes = coalesce(excluded.removes, r.removes),
       guard = coalesce(excluded.guard, r.guard), counts = coalesce(excluded.counts, r.counts),
       members = coalesce(excluded.members, r.members), failure = coalesce(excluded.failure, r.failure),
       why = coalesce(excluded.why, r.why)`,
    [target, storableJson(patches)],
  );
};

export const openPlans = async (
  tx: Queryable,
  events: readonly Extract<RunEvent, { event: 'held' }>[],
): Promise<void> => {
  if (events.length === 0) return;
  await tx.query(
    `insert into plan as p (id, target, collection, run, removals, guard, held_at, expires_at, state)
     select distinct on (plan) plan, target, collection, run, removals, guard, at, "expiresAt", 'open'
     from jsonb_to_recordset($1::jsonb) as r (plan uuid, target text, collection text, run uuid, removals bigint, guard jsonb,
       at timestamptz, "expiresAt" timestamptz, number bigint)
     order by plan, number desc
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
    `update plan p set state = r.state, closed_at = r.at, closed_by = r.by
     from jsonb_to_recordset($1::jsonb) as r (plan uuid, state text, at timestamptz, "by" text)
     where p.id = r.plan and p.state = 'open'`,
    [storableJson(events)],
  );
};

export const answerCommands = async (
  tx: Queryable,
  answers: readonly { id: string; accepted: boolean; message: string; at: string }[],
): Promise<void> => {
  if (answers.length === 0) return;
  await tx.query(
    `update command c set accepted = r.accepted, message = r.message, answered_at = r.at
     from (select distinct on (id) * from jsonb_to_recordset($1::jsonb) as given (id uuid, accepted boolean, message text, at timestamptz)
       order by id, at desc) r
     where c.id = r.id`,
    [storableJson(answers)],
  );
};

/** Runs of one target never overlap: whatever ran before this one has ended, even if its end was never told. */
export const endOlderRuns = (tx: Queryable, target: string, run: string, at: string): Promise<unknown> =>
  tx.query(
    `update run set state = 'failed', ended_at = $3, failure = $4::jsonb
     where target = $1 and id <> $2 and state = 'running' and started_at <= $3`,
    [
      target,
      run,
      at,
      JSON.stringify({
        code: 'INTERNAL',
        message: 'The end of the run was never told.',
        advice: 'Look at the run that followed; nothing needs to be done.',
      }),
    ],
  );

/** Nothing of a released mapping is held any more. */
export const emptyPlans = (tx: Queryable, target: string, at: string): Promise<unknown> =>
  tx.query(`update plan set state = 'emptied', closed_at = $2 where target = $1 and state = 'open'`, [target, at]);
