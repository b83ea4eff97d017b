import {
  partsOfTarget,
  type GroupComparison,
  type GuardVerdict,
  type ReadProof,
  type RunCounts,
  type RunEvent,
  type HistoryKind,
  storableJson,
} from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope, tenantIn } from './in-scope.js';
import type { RunFilter } from '../show/runs.contract.js';

/**
 * State of a run, as the writer reports it: running → completed | failed | cancelled, and never back. A run whose end was not reported
 * has failed when the next one of its target starts.
 */

/** What is newly known of a run. */
export interface RunPatch {
  id: string;
  collection: string;
  activated: number;
  kind: string;
  state: 'running' | 'completed' | 'failed' | 'cancelled';
  started_at: string;
  sequence: number;
  ended_at?: string;
  trigger?: string;
  adds?: number;
  removes?: number;
  guard?: GuardVerdict;
  comparison?: GroupComparison;
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
     select target, producer, sequence, run, event, at, body - array['target', 'producer', 'sequence', 'run', 'event', 'at', 'collection', 'activated']
     from jsonb_array_elements($1::jsonb) as body,
       jsonb_to_record(body) as r (target text, producer text, sequence bigint, run uuid, event text, at timestamptz)
     on conflict do nothing`,
    [storableJson(events)],
  );
};

/** A run that has ended stays ended; what a later event does not say keeps its value. The proof is that of the read it works on. */
export const storeRuns = async (tx: Queryable, target: string, patches: readonly RunPatch[]): Promise<void> => {
  if (patches.length === 0) return;
  await tx.query(
    `insert into run as r (id, target, collection, activated, kind, state, started_at, number, ended_at, trigger, adds, removes, guard,
       counts, members, failure, why, comparison, proof, read_at)
     select p.id, $1, p.collection, p.activated, p.kind, p.state, p.started_at, p.sequence, p.ended_at, p.trigger, p.adds, p.removes, p.guard,
       p.counts, p.members, p.failure, p.why, p.comparison, (select last_complete from collection c where c.collection = p.collection),
       (select merged_read_at from target t where t.target = $1)
     from jsonb_to_recordset($2::jsonb) as p (id uuid, collection text, activated bigint, kind text, state text, started_at timestamptz,
       sequence bigint, ended_at timestamptz, trigger text, adds bigint, removes bigint, guard jsonb, counts jsonb, members bigint,
       failure jsonb, why text, comparison jsonb)
     on conflict (id) do update set state = case when r.state = 'running' then excluded.state else r.state end,
       number = greatest(r.number, excluded.number), started_at = least(r.started_at, excluded.started_at),
       ended_at = coalesce(r.ended_at, excluded.ended_at), trigger = coalesce(r.trigger, excluded.trigger),
       adds = coalesce(excluded.adds, r.adds), removes = coalesce(excluded.removes, r.removes),
       guard = coalesce(excluded.guard, r.guard), counts = coalesce(excluded.counts, r.counts),
       members = coalesce(excluded.members, r.members), failure = coalesce(excluded.failure, r.failure),
       why = coalesce(excluded.why, r.why), comparison = coalesce(excluded.comparison, r.comparison)`,
    [target, storableJson(patches)],
  );
};

/**
 * Runs of one target never overlap, nor do its comparisons: whatever of them ran before this one has ended, even if its end was never
 * reported.
 */
export const endOlderRuns = (
  tx: Queryable,
  { target, run, at, kind }: Extract<RunEvent, { event: 'started' }>,
): Promise<unknown> =>
  tx.query(
    `update run set state = 'failed', ended_at = $3, failure = $4::jsonb
     where target = $1 and id <> $2 and state = 'running' and started_at <= $3 and (kind = 'compare') = $5`,
    [
      target,
      run,
      at,
      JSON.stringify({
        code: 'INTERNAL',
        message: 'The end of the run was never reported.',
        advice: 'Look at the run that followed; nothing needs to be done.',
      }),
      kind === 'compare',
    ],
  );

export interface RunRow {
  id: string;
  target: string;
  collection: string;
  kind: HistoryKind;
  trigger: string | null;
  state: 'running' | 'completed' | 'failed' | 'cancelled';
  startedAt: Date;
  endedAt: Date | null;
  durationSeconds: number;
  adds: number | null;
  removes: number | null;
  guard: GuardVerdict | null;
  comparison: GroupComparison | null;
  counts: RunCounts | null;
  members: number | null;
  failure: { code: string; message: string; advice: string } | null;
  why: string | null;
  /** whose command or approval it is of */
  by: string | null;
  proof: ReadProof | null;
  readAt: Date | null;
}

export const scopeOfRun = ({ target, collection }: Pick<RunRow, 'target' | 'collection'>) => ({
  tenant: partsOfTarget(target).tenant,
  collection,
});

/** The trigger names the command or the plan. */
const CAUSE = `substring(trigger from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')::uuid`;

const COLUMNS = `id, target, collection, kind, trigger, state, started_at as "startedAt", ended_at as "endedAt",
  greatest(0, extract(epoch from coalesce(ended_at, now()) - started_at))::float8 as "durationSeconds", adds, removes, guard,
  comparison, counts, members, failure, why, proof, read_at as "readAt",
  coalesce((select issued_by from command c where c.id = ${CAUSE}), (select closed_by from plan p where p.id = ${CAUSE})) as by`;

export const pageOfRuns = (
  db: Queryable,
  scope: string | null,
  filter: RunFilter,
  target: string | undefined,
  position: readonly (string | number | null)[] | undefined,
): Promise<RunRow[]> => {
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const where = [inScope(param(scope), tenantIn('target'), 'collection')];
  if (target) where.push(`target = ${param(target)}`);
  else if (filter.tenantId) where.push(`target like ${param(`${filter.tenantId}/%`)}`);
  if (filter.collectionId) where.push(`collection = ${param(filter.collectionId)}`);
  if (filter.state) where.push(`state = ${param(filter.state)}`);
  if (filter.from) where.push(`started_at >= ${param(filter.from)}::timestamptz`);
  if (filter.to) where.push(`started_at < ${param(filter.to)}::timestamptz`);
  if (filter.kind) where.push(`kind = ${param(filter.kind)}`);
  if (position) where.push(`(started_at, id) < (${param(position[0])}::timestamptz, ${param(position[1])}::uuid)`);
  return db.query<RunRow>(
    `select ${COLUMNS} from run where ${where.join(' and ')} order by started_at desc, id desc limit ${param(filter.limit + 1)}`,
    params,
  );
};

export const findRun = async (db: Queryable, id: string): Promise<RunRow | undefined> =>
  (await db.query<RunRow>(`select ${COLUMNS} from run where id = $1`, [id]))[0];

export const timelineOf = (
  db: Queryable,
  run: string,
): Promise<{ at: Date; event: string; producer: string; traceId: string | null; detail: Record<string, unknown> }[]> =>
  db.query(
    `select at, event, producer, body->>'trace' as "traceId", body - array['kind', 'trace'] as detail from (
       select * from run_event where run = $1
       union all
       select merged.* from run r cross join lateral (
         select * from run_event e where e.target = r.target and e.producer = 'writer' and e.event = 'merged'
           and e.number < (select min(number) from run_event where run = $1)
         order by e.number desc limit 1) merged
       where r.id = $1
     ) told order by number`,
    [run],
  );
