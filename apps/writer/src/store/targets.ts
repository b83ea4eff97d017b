import type { CollectionType, Mapping, Policy, RunKind } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { isPutOff } from './setbacks.js';

export interface Target {
  id: number;
  target: string;
  tenant: string;
  group: string;
  collection: string | null;
  collectionType: CollectionType | null;
  state: 'unmapped' | 'active' | 'paused' | 'deleting' | 'deleted';
  onDelete: 'leave' | 'remove' | null;
  /** who has stopped it, also while it is deleting */
  pausedBy: 'operator' | 'tenant' | null;
  /** what of a deletion a worker has still to do with the ledger */
  teardown: 'leave' | 'remove' | null;
  policy: Policy;
  mappingVersion: number;
  activated: number;
  epoch: number;
  merged: number;
  completeFor: number;
  due: RunKind | null;
  refusals: number;
  released: boolean;
  resultNo: number;
  runNo: number;
  /** the database's clock */
  now: Date;
}

const columnsOf = (t: string): string => `${t}.id, ${t}.target, ${t}.tenant, ${t}.group_id as "group", ${t}.collection,
  ${t}.collection_type as "collectionType", ${t}.state, ${t}.on_delete as "onDelete", ${t}.paused_by as "pausedBy",
  ${t}.teardown, ${t}.policy,
  ${t}.mapping_version as "mappingVersion", ${t}.activated, ${t}.epoch, ${t}.merged, ${t}.complete_for as "completeFor", ${t}.due,
  ${t}.refusals, ${t}.released, ${t}.result_no as "resultNo", ${t}.run_no as "runNo", clock_timestamp() as now`;
const COLUMNS = columnsOf('target');

/** A row for a group that nothing was known of. */
export const ensureTarget = (db: Queryable, target: string, tenant: string, group: string): Promise<unknown> =>
  db.query(`insert into target (target, tenant, group_id) values ($1, $2, $3) on conflict (target) do nothing`, [
    target,
    tenant,
    group,
  ]);

/** As it is now, without a lock. */
export const readTarget = async (db: Queryable, target: string): Promise<Target> => {
  const [row] = await db.query<Target>(`select ${COLUMNS} from target where target = $1`, [target]);
  if (!row) throw new Error(`the row of target ${target} is missing`);
  return row;
};

/** Takes the row lock that orders everything about a target. */
export const lockTarget = async (tx: Tx, target: string): Promise<Target | undefined> =>
  (await tx.query<Target>(`select ${COLUMNS} from target where target = $1 for update`, [target]))[0];

export const lockTargetById = async (tx: Tx, id: number): Promise<Target | undefined> =>
  (await tx.query<Target>(`select ${COLUMNS} from target where id = $1 for update`, [id]))[0];

/** The same, unless another claim or a stop has raised the epoch. */
export const lockTargetAtEpoch = async (tx: Tx, id: number, epoch: number): Promise<Target | undefined> =>
  (await tx.query<Target>(`select ${COLUMNS} from target where id = $1 and epoch = $2 for update`, [id, epoch]))[0];

export const activeTargets = async (db: Queryable, after: number, limit: number): Promise<number[]> =>
  (
    await db.query<{ id: number }>(`select id from target where id > $1 and state = 'active' order by id limit $2`, [
      after,
      limit,
    ])
  ).map(({ id }) => id);

/**
 * The next target with content that can be merged now: the one that has waited longest since its last step, so that a large merge keeps
 * nobody waiting. Content of a newer `activated` waits for its mapping.
 */
export const lockTargetToMerge = async (tx: Tx): Promise<Target | undefined> =>
  (
    await tx.query<Target>(
      `select ${columnsOf('t')} from transfer x join target t on t.target = x.target
       where x.ready and x.mode <> 'preview' and x.activated <= t.activated and t.teardown is null and not ${isPutOff('merge', 't.id')}
       order by coalesce(x.stepped_at, x.created_at) limit 1 for update of t skip locked`,
    )
  )[0];

/** A target with a deletion that has something to do with its ledger; one that its tenant's switch has stopped waits. */
export const lockTargetToTearDown = async (tx: Tx): Promise<Target | undefined> =>
  (
    await tx.query<Target>(
      `select ${COLUMNS} from target
       where teardown is not null and (teardown = 'leave' or paused_by is null) and not ${isPutOff('deletion', 'target.id')} order by id limit 1 for update skip locked`,
    )
  )[0];

export const storeTornDown = (tx: Tx, id: number): Promise<number> =>
  tx.execute(`update target set teardown = null where id = $1`, [id]);

/** Of the next run of a target `t`: full when it is due so, was left so, or is asked for. */
const NEXT_KIND = `case when t.state = 'active' and (coalesce(t.due = 'full', false)
    or exists (select 1 from run r where r.target = t.id and r.ended_at is null and r.kind = 'full')
    or exists (select 1 from full_reason f where f.target = t.id and f.run is null and f.done_at is null))
  then 'full' else 'incremental' end`;

export const nextRunKind = async (tx: Tx, id: number): Promise<RunKind> =>
  (await tx.query<{ kind: RunKind }>(`select ${NEXT_KIND} as kind from target t where t.id = $1`, [id]))[0]?.kind ??
  'incremental';

const NOW = '(select clock_timestamp())';
const IS_DUE = `due is not null and due_at <= ${NOW}`;
const WAS_DUE_IN_THE_FUTURE = `due is not null and due_set_at > ${NOW} + interval '10 s'`;
const isAbandoned = (afterMs: string): string =>
  `ended_at is null and (heartbeat_at < ${NOW} - make_interval(secs => ${afterMs}::float8 / 1000) or heartbeat_at > ${NOW} + interval '10 s')`;

/** Whether there may be one: this is asked again and again, by every slot of every writer, and mostly there is none. */
export const mayHaveTargetToRun = async (db: Queryable, abandonedAfterMs: number): Promise<boolean> =>
  (
    await onlyRow(
      db.query<{ may: boolean }>(
        `select exists (select from target where ${IS_DUE}) or exists (select from run where ${isAbandoned('$1')})
           or exists (select from target where ${WAS_DUE_IN_THE_FUTURE}) as may`,
        [abandonedAfterMs],
      ),
    )
  ).may;

/**
 * The next target to run: left by a run whose heartbeat stopped, or due. A stamp in the future means that the clock went back: then what was
 * reckoned from it is due now. Targets of tenants that have to wait are left for later. Each look reads an index from where the first may be,
 * so that it costs the same whatever else there is.
 */
export const lockTargetToRun = async (
  tx: Tx,
  kind: RunKind,
  abandonedAfterMs: number,
  waiting: readonly string[],
): Promise<Target | undefined> => {
  const look = async (from: string, where: string, ...params: unknown[]): Promise<Target | undefined> =>
    (
      await tx.query<Target>(
        `select ${columnsOf('t')} from ${from}
         where ${where} and t.state in ('active', 'deleting') and t.paused_by is null and t.teardown is null and not t.released
           and t.collection is not null
           and (t.complete_for = t.activated or t.state = 'deleting') and not t.tenant = any ($1) and ${NEXT_KIND} = $2
         order by t.due_at nulls first limit 1 for update of t skip locked`,
        [waiting, kind, ...params],
      )
    )[0];
  const FREE = 'not exists (select 1 from run r where r.target = t.id and r.ended_at is null)';
  return (
    (await look(
      `(select target from run where ${isAbandoned('$3')}) o join target t on t.id = o.target`,
      'true',
      abandonedAfterMs,
    )) ??
    (await look('target t', `${IS_DUE} and ${FREE}`)) ??
    (await look('target t', `${WAS_DUE_IN_THE_FUTURE} and ${FREE}`))
  );
};

/** Raises the epoch, so that whatever an older claim still writes is refused. */
export const raiseEpoch = async (tx: Tx, id: number): Promise<number> =>
  (
    await onlyRow(
      tx.query<{ epoch: number }>(`update target set epoch = next_version(epoch) where id = $1 returning epoch`, [id]),
    )
  ).epoch;

/** Remembers that a run is due: full wins, the earlier time wins. */
export const setDue = (tx: Tx, id: number, kind: RunKind, trigger: string, inMs = 0): Promise<unknown> =>
  tx.query(
    `update target set
       due = case when due = 'full' then due else $2 end,
       due_trigger = case when due is null or (due = 'incremental' and $2 = 'full') then $3 else due_trigger end,
       due_at = least(case when due is null then null else due_at end, clock_timestamp() + make_interval(secs => $4::float8 / 1000)),
       due_set_at = clock_timestamp(),
       due_trace = coalesce($5::text, due_trace)
     where id = $1`,
    [id, kind, trigger, inMs, traceparent() ?? null],
  );

/** A run takes up, or a stop forgets, what is due. */
export const clearDue = async (
  tx: Tx,
  id: number,
): Promise<{ due: RunKind | null; trigger: string | null; trace: string | null } | undefined> =>
  (
    await tx.query<{ due: RunKind | null; trigger: string | null; trace: string | null }>(
      `with before as (select id, due, due_trigger, due_trace from target where id = $1)
       update target t set due = null, due_at = null, due_set_at = null, due_trigger = null, due_trace = null from before
       where t.id = before.id returning before.due, before.due_trigger as trigger, before.due_trace as trace`,
      [id],
    )
  )[0];

export const storeMapping = (
  tx: Tx,
  id: number,
  mapping: Mapping,
  { merged, teardown }: Pick<Target, 'merged' | 'teardown'>,
): Promise<unknown> =>
  tx.query(
    `update target set collection = $2, collection_type = $3, state = $4, on_delete = $5, policy = $6::jsonb, mapping_version = $7,
       activated = $8, merged = $9, paused_by = $10, teardown = $11, released = false, refusals = 0
     where id = $1`,
    [
      id,
      mapping.collection,
      mapping.collectionType,
      mapping.state,
      mapping.onDelete ?? null,
      JSON.stringify(mapping.policy),
      mapping.version,
      mapping.activated,
      merged,
      mapping.pausedBy ?? null,
      teardown,
    ],
  );

export const storeMerged = (tx: Tx, id: number, merged: number, completeFor: number): Promise<unknown> =>
  tx.query(`update target set merged = $2, complete_for = greatest(complete_for, $3) where id = $1`, [
    id,
    merged,
    completeFor,
  ]);

export const storeReleased = (tx: Tx, id: number): Promise<unknown> =>
  tx.query(`update target set released = true, due = null, due_at = null where id = $1`, [id]);

export const storeRefusals = (tx: Tx, id: number, refusals: number): Promise<unknown> =>
  tx.query(`update target set refusals = $2 where id = $1`, [id, refusals]);

export const storeNumbers = (tx: Tx, id: number, resultNo: number, runNo: number): Promise<unknown> =>
  tx.query(`update target set result_no = $2, run_no = $3 where id = $1`, [id, resultNo, runNo]);
