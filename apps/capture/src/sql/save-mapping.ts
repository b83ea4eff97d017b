import type { Mapping } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

export const knownMappingVersion = async (on: Queryable, target: string): Promise<number> => {
  const [row] = await on.query<{ mapping_version: number }>('select mapping_version from target where target = $1', [
    target,
  ]);
  return row?.mapping_version ?? -1;
};

export const ensureCollection = async (tx: Tx, id: string, type: string): Promise<void> => {
  await tx.query('insert into collection (id, type) values ($1, $2) on conflict (id) do nothing', [id, type]);
};

/**
 * Keeps a mapping unless it is older than what is known. Another `activated` or collection starts the target anew: it owes its complete
 * content, asks for a full, and forgets what was sent and merged.
 */
export const saveMapping = async (tx: Tx, mapping: Mapping, asked: number): Promise<void> => {
  const { schedule } = mapping;
  await tx.query(
    `insert into target as t (target, tenant, group_id, collection, collection_type, state, mapping_version, activated,
       every_seconds, cron, time_zone, full_reason, full_asked)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'activated:' || $8::bigint, $12)
     on conflict (target) do update set tenant = excluded.tenant, group_id = excluded.group_id,
       collection = excluded.collection, collection_type = excluded.collection_type, state = excluded.state,
       mapping_version = excluded.mapping_version, activated = excluded.activated,
       every_seconds = excluded.every_seconds, cron = excluded.cron, time_zone = excluded.time_zone,
       cron_from = null, cron_next = null,
       full_reason = case when anew(t, excluded) then excluded.full_reason else t.full_reason end,
       full_asked = case when anew(t, excluded) then excluded.full_asked else t.full_asked end,
       full_sent = t.full_sent and not anew(t, excluded),
       owed = case when anew(t, excluded) then t.owed + 1 else t.owed end,
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
      asked,
    ],
  );
};
