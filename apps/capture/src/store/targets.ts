import type { CollectionType, Mapping, Upstream } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';
import { sendPreviewsAgain } from './commands.js';

export const knownMappingVersion = async (db: Queryable, target: string): Promise<number> => {
  const [row] = await db.query<{ mapping_version: number }>('select mapping_version from target where target = $1', [
    target,
  ]);
  return row?.mapping_version ?? -1;
};

export const ensureCollection = async (tx: Tx, id: string, type: string): Promise<void> => {
  await tx.query('insert into collection (id, type) values ($1, $2) on conflict (id) do nothing', [id, type]);
};

/**
 * Keeps a mapping unless it is older than what is known. Another `activated` or collection starts the target again: it requires its complete
 * content, requests a full, and forgets what was sent and merged. Another rule for who is a member requires it as well.
 */
export const saveMapping = async (tx: Tx, mapping: Mapping, requested: number): Promise<void> => {
  const { policy, schedule } = mapping;
  await tx.query(
    `insert into target as t (target, tenant, group_id, collection, collection_type, state, mapping_version, activated,
       every_seconds, cron, time_zone, full_reason, full_asked, disabled_objects)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'activated:' || $8::bigint, $12, $13)
     on conflict (target) do update set tenant = excluded.tenant, group_id = excluded.group_id,
       collection = excluded.collection, collection_type = excluded.collection_type, state = excluded.state,
       mapping_version = excluded.mapping_version, activated = excluded.activated,
       every_seconds = excluded.every_seconds, cron = excluded.cron, time_zone = excluded.time_zone,
       disabled_objects = excluded.disabled_objects, cron_from = null, cron_next = null,
       full_reason = case when anew(t, excluded) then excluded.full_reason else t.full_reason end,
       full_asked = case when anew(t, excluded) then excluded.full_asked else t.full_asked end,
       full_sent = t.full_sent and not anew(t, excluded),
       owed = case when anew(t, excluded) or t.disabled_objects <> excluded.disabled_objects then t.owed + 1 else t.owed end,
       sent = case when anew(t, excluded) then null else t.sent end,
       merged = case when anew(t, excluded) then 0 else t.merged end,
       behind_since = case when anew(t, excluded) then null else t.behind_since end,
       resends = case when anew(t, excluded) then 0 else t.resends end,
       failed_why = case when anew(t, excluded) then null else t.failed_why end
     where t.mapping_version < excluded.mapping_version`,
    [
      mapping.target,
      mapping.tenant,
      mapping.group,
      mapping.collection,
      mapping.collectionType,
      mapping.state,
      mapping.version,
      mapping.activated,
      schedule.kind === 'interval' ? schedule.seconds : null,
      schedule.kind === 'cron' ? schedule.expression : null,
      schedule.kind === 'cron' ? schedule.timeZone : null,
      requested,
      policy.disabledObjects,
    ],
  );
};

/** A mapping as capture keeps it. Its states are those of the mapping; only `active` ones are sent anything. */
export interface TargetRow {
  target: string;
  tenant: string;
  group: string;
  collection: string;
  collectionType: CollectionType;
  state: 'active' | 'paused' | 'deleting' | 'deleted';
  activated: number;
  /** why a full is requested, until the writer has merged it */
  fullReason: string | null;
  fullSent: boolean;
  /** version sent last; null for none since it was activated */
  sent: number | null;
  /** version that the writer has merged last */
  merged: number;
  lastCompleteNo: number;
  failedWhy: string | null;
}

const TARGET = `target, tenant, group_id as "group", collection, collection_type as "collectionType", state, activated,
  full_reason as "fullReason", full_sent as "fullSent", sent, merged, last_complete_no as "lastCompleteNo",
  failed_why as "failedWhy"`;

export const lockTarget = async (tx: Tx, target: string): Promise<TargetRow | undefined> => {
  const [row] = await tx.query<TargetRow>(`select ${TARGET} from target where target = $1 for update`, [target]);
  return row;
};

/** Without a lock: only to learn the collection, whose row is locked first. */
export const findTarget = async (db: Queryable, target: string): Promise<TargetRow | undefined> => {
  const [row] = await db.query<TargetRow>(`select ${TARGET} from target where target = $1`, [target]);
  return row;
};

/** Takes the sequence of the target's next run record, and its time; a target that is not mapped counts by the clock. */
export const nextRunRecord = async (tx: Tx, target: string): Promise<{ sequence: number; at: Date }> => {
  const [row] = await tx.query<{ sequence: number; at: Date }>(
    'update target set number = next_version(number) where target = $1 returning number as sequence, clock_timestamp() as at',
    [target],
  );
  if (row) return row;
  const [clock] = await tx.query<{ sequence: number; at: Date }>(
    'select next_version(0) as sequence, clock_timestamp() as at',
  );
  return clock!;
};

export const requestFull = async (tx: Tx, target: string, reason: string, requested: number): Promise<void> => {
  await tx.query(
    `update target set full_reason = $2, full_asked = $3, full_sent = false, failed_why = null where target = $1`,
    [target, reason, requested],
  );
};

export const requireComplete = async (tx: Tx, target: string): Promise<void> => {
  await tx.query('update target set owed = owed + 1 where target = $1', [target]);
};

/** Active targets that wait for a full which a read with these requests should have answered. */
export const waitingFulls = (tx: Tx, collection: string, requested: number): Promise<TargetRow[]> =>
  tx.query<TargetRow>(
    `select ${TARGET} from target where collection = $1 and state = 'active' and full_reason is not null and not full_sent
       and full_asked <= $2 order by target for update`,
    [collection, requested],
  );

export const recordFailure = async (tx: Tx, target: string, why: string): Promise<void> => {
  await tx.query('update target set failed_why = $2 where target = $1', [target, why]);
};

/**
 * Remembers a transfer before its first chunk leaves, for those targets that are still as planned; returns which. From a complete one on,
 * answers about older transfers are ignored.
 */
export const beginTransfer = async (
  tx: Tx,
  transfer: { id: string; targets: readonly { target: string; activated: number }[]; complete: boolean },
): Promise<string[]> => {
  const rows = await tx.query<{ target: string }>(
    `with held as (
       select t.target from target t join unnest($2::text[], $3::bigint[]) as g (target, activated)
         on g.target = t.target and g.activated = t.activated
       where t.state = 'active' order by t.target for update of t
     ), begun as (
       insert into transfer (id, target) select $1, target from held returning target, no
     ), marked as (
       update target t set last_complete_no = b.no from begun b where $4 and t.target = b.target
     )
     select target from begun`,
    [
      transfer.id,
      transfer.targets.map(({ target }) => target),
      transfer.targets.map(({ activated }) => activated),
      transfer.complete,
    ],
  );
  return rows.map(({ target }) => target);
};

export interface FinishedTarget {
  readonly target: string;
  readonly activated: number;
  /** completes required when the sending was planned */
  readonly required: number;
  readonly complete: boolean;
  readonly full: boolean;
}

/** The published version never goes back; the tombstones up to it are dropped. The caller holds the collection's row. */
export const advancePublished = async (tx: Tx, collection: string, to: number): Promise<void> => {
  await tx.query('update collection set published = greatest(published, $2) where id = $1', [collection, to]);
  await tx.query(
    `delete from membership where collection = $1 and not present
       and version <= (select published from collection where id = $1)`,
    [collection],
  );
};

/**
 * Notes for a target that its content is out. The clock of the missing answer starts with the first delta that is not answered, and again
 * with each complete.
 */
export const recordSent = async (tx: Tx, to: number, sent: FinishedTarget): Promise<void> => {
  await tx.query(
    `update target set sent = greatest(sent, $3),
       served = case when $5 then greatest(served, $4) else served end,
       full_sent = case when $5 then $6 else full_sent end,
       last_complete_at = case when $5 then clock_timestamp() else last_complete_at end,
       behind_since = case when merged >= greatest(sent, $3) and not (full_reason is not null and $6) then null
         when $5 then clock_timestamp() else coalesce(behind_since, clock_timestamp()) end
     where target = $1 and activated = $2`,
    [sent.target, sent.activated, to, sent.required, sent.complete, sent.full],
  );
};

/** The place of a transfer among those of its target; undefined for one that is not remembered. */
export const transferNo = async (tx: Tx, id: string, target: string): Promise<number | undefined> => {
  const [row] = await tx.query<{ no: number }>('select no from transfer where id = $1 and target = $2', [id, target]);
  return row?.no;
};

/** False for an answer that was heard before, as when the topic is read again. */
export const recordAnswer = async (tx: Tx, target: string, sequence: number): Promise<boolean> =>
  (await tx.execute('update target set answered = $2 where target = $1 and answered < $2', [target, sequence])) > 0;

/** The writer has merged a version; with `full`, as the full that was requested. */
export const recordMerged = async (tx: Tx, target: string, version: number, full: boolean): Promise<void> => {
  await tx.query(
    `update target set merged = greatest(merged, $2), full_reason = case when $3 then null else full_reason end,
       full_sent = full_sent and not $3,
       behind_since = case when greatest(merged, $2) >= sent and (full_reason is null or $3 or not full_sent) then null
         when $2 > merged or $3 then clock_timestamp() else behind_since end,
       resends = case when greatest(merged, $2) >= sent and (full_reason is null or $3 or not full_sent) then 0 else resends end
     where target = $1`,
    [target, version, full],
  );
};

/** The writer has another version than was thought: the target requires its complete content. */
export const recordContentMissing = async (tx: Tx, target: string, version: number): Promise<void> => {
  await tx.query('update target set merged = $2, owed = owed + 1 where target = $1', [target, version]);
};

/** A complete counts for the writer only if it is not older than what it has merged. */
export const raiseVersionAbove = async (tx: Tx, collection: string, version: number): Promise<void> => {
  await tx.query(
    'update collection set version = next_version(greatest(version, $2)) where id = $1 and version <= $2',
    [collection, version],
  );
};

/**
 * Keeps the state of a tenant's directory mirror unless it is older than what is known. When the mirror becomes ready, or ready again, every
 * target of the tenant requires its complete content, and previews without an answer go again. Returns whether that is so.
 */
export const saveTenant = async (tx: Tx, directory: Upstream): Promise<boolean> => {
  const [before] = await tx.query<{ state: string; since: Date }>(
    'select state, since from tenant where tenant = $1 for update',
    [directory.name],
  );
  const saved = await tx.execute(
    `insert into tenant as t (tenant, state, since, number) values ($1, $2, $3, $4)
     on conflict (tenant) do update set state = excluded.state, since = excluded.since, number = excluded.number
     where t.number < excluded.number`,
    [directory.name, directory.state, directory.since, directory.sequence],
  );
  const ready = saved > 0 && directory.state === 'ready';
  if (!ready || (before?.state === 'ready' && before.since.getTime() === Date.parse(directory.since))) return false;
  await tx.query(`update target set owed = owed + 1 where tenant = $1 and state = 'active'`, [directory.name]);
  await sendPreviewsAgain(tx, directory.name);
  return true;
};
