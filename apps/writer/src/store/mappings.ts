import type { Mapping } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { isPutOff } from './setbacks.js';

/** Keeps the newest record of each mapping for a worker; what was adopted already changes nothing. Returns how many were new. */
export const storeMappings = async (db: Queryable, mappings: readonly Mapping[]): Promise<number> => {
  const newest = [...new Map(mappings.map((mapping) => [mapping.target, mapping])).values()];
  await db.execute(
    `insert into target (target, tenant, group_id)
     select * from unnest($1::text[], $2::text[], $3::text[]) on conflict (target) do nothing`,
    [newest.map(({ target }) => target), newest.map(({ tenant }) => tenant), newest.map(({ group }) => group)],
  );
  return db.execute(
    `insert into mapping as m (target, version, record)
     select g.target, g.version, g.record from unnest($1::text[], $2::bigint[], $3::text[]::jsonb[]) as g (target, version, record)
     where not exists (select 1 from target t where t.target = g.target and t.mapping_version >= g.version)
     on conflict (target) do update set version = excluded.version, record = excluded.record where m.version < excluded.version`,
    [
      newest.map(({ target }) => target),
      newest.map(({ version }) => version),
      newest.map((mapping) => JSON.stringify(mapping)),
    ],
  );
};

/** The record that waits longest among those whose target nobody is at work on: nobody waits for another group. */
export const takeMapping = async (tx: Tx): Promise<Mapping | undefined> => {
  const [found] = await tx.query<{ target: string }>(
    `select m.target from mapping m join target t on t.target = m.target where not ${isPutOff('mapping', 't.id')}
     order by m.stored_at limit 1 for update skip locked`,
  );
  if (!found) return undefined;
  const { record } = await onlyRow(
    tx.query<{ record: Mapping }>(`delete from mapping where target = $1 returning record`, [found.target]),
  );
  return record;
};
