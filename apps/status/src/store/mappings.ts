import {
  partsOfTarget,
  storableJson,
  type CollectionType,
  type Mapping,
  type Policy,
  type Schedule,
} from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';
import { inScope } from './in-scope.js';

/**
 * State of a mapping: active ⇄ paused (an operator, or the switch of its tenant: `paused_by`), either → deleting (an operator) → deleted
 * (the writer has released it). A deleted one becomes active when it is created again.
 */

export interface MappingRow {
  target: string;
  tenant: string;
  group: string;
  groupName: string;
  collection: string;
  collectionName: string;
  collectionType: CollectionType;
  state: Mapping['state'];
  pausedBy: 'operator' | 'tenant' | null;
  onDelete: 'leave' | 'remove' | null;
  policy: Policy;
  schedule: Schedule;
  version: number;
  activated: number;
  changedAt: Date;
  changedBy: string;
}

const COLUMNS = `target, tenant, group_id as "group", group_name as "groupName", collection, collection_name as "collectionName",
  collection_type as "collectionType", state, paused_by as "pausedBy", on_delete as "onDelete", policy, schedule, version, activated,
  changed_at as "changedAt", changed_by as "changedBy"`;

/** Mappings and commands of a target leave in the order of their commits: whoever writes one holds this lock. */
export const lockTargets = (tx: Tx, targets: readonly string[]): Promise<unknown> =>
  tx.query(
    `select pg_advisory_xact_lock(hashtextextended('target ' || target, 0))
     from (select distinct target from unnest($1::text[]) as given (target) order by target) sorted`,
    [targets],
  );

export const findMapping = async (db: Queryable, target: string): Promise<MappingRow | undefined> =>
  (await db.query<MappingRow>(`select ${COLUMNS} from mapping where target = $1`, [target]))[0];

export const mappingsOfTenant = (db: Queryable, tenant: string): Promise<MappingRow[]> =>
  db.query<MappingRow>(`select ${COLUMNS} from mapping where tenant = $1 and state <> 'deleted' order by target`, [
    tenant,
  ]);

/** Deleted ones too, as long as they are known: a service whose database was restored to a time before must hear of it. */
export const mappingsToRepublish = (db: Queryable, hours: number, limit: number): Promise<{ target: string }[]> =>
  db.query(
    `select target from mapping where published_at < now() - make_interval(secs => $1::float8 * 3600) order by published_at limit $2`,
    [hours, limit],
  );

export const markPublished = (tx: Queryable, target: string): Promise<unknown> =>
  tx.query('update mapping set published_at = now() where target = $1', [target]);

/** What changes with a write; the versions and the stamp are the database's. */
export interface MappingWrite {
  target: string;
  groupName: string;
  collection: string;
  collectionName: string;
  collectionType: CollectionType;
  state: Mapping['state'];
  pausedBy?: 'operator' | 'tenant' | null;
  onDelete?: 'leave' | 'remove' | null;
  policy: Policy;
  schedule: Schedule;
  changedBy: string;
}

/** Writes a mapping with the next version. `activates`: content of the mapping until now does not count any more. */
export const writeMapping = async (tx: Queryable, write: MappingWrite, activates: boolean): Promise<MappingRow> => {
  const { tenant, group } = partsOfTarget(write.target);
  const [row] = await tx.query<MappingRow>(
    `with next as (select next_version(coalesce((select version from mapping where target = $1), 0)) as version)
     insert into mapping as m (target, tenant, group_id, group_name, collection, collection_name, collection_type, state, paused_by,
       on_delete, policy, schedule, version, activated, changed_at, changed_by)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, version, version, clock_timestamp(), $13 from next
     on conflict (target) do update set group_name = excluded.group_name, collection = excluded.collection,
       collection_name = excluded.collection_name, collection_type = excluded.collection_type, state = excluded.state,
       paused_by = excluded.paused_by, on_delete = excluded.on_delete, policy = excluded.policy, schedule = excluded.schedule,
       version = excluded.version, activated = case when $14 then excluded.version else m.activated end,
       changed_at = excluded.changed_at, changed_by = excluded.changed_by, published_at = now()
     returning ${COLUMNS}`,
    [
      write.target,
      tenant,
      group,
      write.groupName,
      write.collection,
      write.collectionName,
      write.collectionType,
      write.state,
      write.pausedBy ?? null,
      write.onDelete ?? null,
      storableJson(write.policy),
      storableJson(write.schedule),
      write.changedBy,
      activates,
    ],
  );
  if (!row) throw new Error('a mapping was written, but did not come back');
  return row;
};

/** Takes over records that are newer than what is here, as after a restore. Answers the collections that it concerns. */
export const adoptMappings = (
  tx: Queryable,
  mappings: readonly Mapping[],
): Promise<{ target: string; collection: string; was: string | null }[]> =>
  tx.query(
    `with given as (
       select distinct on (target) * from jsonb_to_recordset($1::jsonb) as r (target text, tenant text, "group" text, "groupName" text,
         collection text, "collectionName" text, "collectionType" text, state text, "pausedBy" text, "onDelete" text, policy jsonb,
         schedule jsonb, version bigint, activated bigint, "changedAt" timestamptz, "changedBy" text)
       order by target, version desc),
     before as (select m.target, m.collection from mapping m join given using (target)),
     adopted as (
       insert into mapping as m (target, tenant, group_id, group_name, collection, collection_name, collection_type, state, paused_by,
         on_delete, policy, schedule, version, activated, changed_at, changed_by)
       select target, tenant, "group", "groupName", collection, "collectionName", "collectionType", state, "pausedBy", "onDelete", policy,
         schedule, version, activated, "changedAt", "changedBy" from given
       on conflict (target) do update set group_name = excluded.group_name, collection = excluded.collection,
         collection_name = excluded.collection_name, collection_type = excluded.collection_type, state = excluded.state,
         paused_by = excluded.paused_by, on_delete = excluded.on_delete, policy = excluded.policy, schedule = excluded.schedule,
         version = excluded.version, activated = excluded.activated, changed_at = excluded.changed_at, changed_by = excluded.changed_by
       where m.version < excluded.version
       returning m.target, m.collection)
     select adopted.target, adopted.collection, before.collection as was from adopted left join before using (target)`,
    [storableJson(mappings)],
  );

export const toMapping = (row: MappingRow): Mapping => ({
  target: row.target,
  tenant: row.tenant,
  group: row.group,
  groupName: row.groupName,
  collection: row.collection,
  collectionName: row.collectionName,
  collectionType: row.collectionType,
  state: row.state,
  ...(row.pausedBy ? { pausedBy: row.pausedBy } : {}),
  ...(row.onDelete ? { onDelete: row.onDelete } : {}),
  policy: row.policy,
  schedule: row.schedule,
  version: row.version,
  activated: row.activated,
  changedAt: row.changedAt.toISOString(),
  changedBy: row.changedBy,
});

interface MappingFilter {
  limit: number;
  tenantId?: string;
  collectionId?: string;
  state?: string;
}

/** One more than asked for tells whether there is a next page. */
export const pageOfMappings = (
  db: Queryable,
  scope: string | null,
  filter: MappingFilter,
  after: string,
): Promise<MappingRow[]> =>
  db.query<MappingRow>(
    `select ${COLUMNS} from mapping
     where target > $1 and ($2::text is null or tenant = $2) and ($3::text is null or collection = $3)
       and case when $4::text is null then state <> 'deleted' else state = $4 end and ${inScope('$6', 'tenant', 'collection')}
     order by target limit $5`,
    [after, filter.tenantId ?? null, filter.collectionId ?? null, filter.state ?? null, filter.limit + 1, scope],
  );

export const collectionsOf = async (tx: Queryable, target: string): Promise<string[]> => {
  const rows = await tx.query<{ collection: string }>('select collection from mapping where target = $1', [target]);
  return rows.map(({ collection }) => collection);
};
