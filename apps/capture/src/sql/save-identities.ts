import type { SiteResource } from '@collection-sync/configmgr';
import type { CollectionType } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

/**
 * Keeps what the site says of resources; answers those whose identity is another than before. These are looked at again for an hour: an
 * identity that changes once more before the directory ever showed it is announced by nobody.
 */
export const saveIdentities = async (
  tx: Tx,
  kind: CollectionType,
  resources: readonly SiteResource[],
): Promise<number[]> => {
  const rows = await tx.query<{ id: number; changed: boolean }>(
    `with given as (
       select distinct on (id) * from unnest($2::bigint[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[])
         as g (id, name, device_id, tenant_id, user_id, sid, upn) order by id
     ), differing as (
       select g.*, r.id is not null and (r.device_id, r.tenant_id, r.user_id, r.sid, r.upn)
         is distinct from (g.device_id, g.tenant_id, g.user_id, g.sid, g.upn) as changed
       from given g left join resource r on r.id = g.id
       where r.looked_at is null
         or (r.device_id, r.tenant_id, r.user_id, r.sid, r.upn) is distinct from (g.device_id, g.tenant_id, g.user_id, g.sid, g.upn)
     ), saved as (
       insert into resource as r (id, kind, name, device_id, tenant_id, user_id, sid, upn, looked_at)
       select id, $1, name, device_id, tenant_id, user_id, sid, upn, clock_timestamp() from differing order by id
       on conflict (id) do update set device_id = excluded.device_id, tenant_id = excluded.tenant_id,
         user_id = excluded.user_id, sid = excluded.sid, upn = excluded.upn, looked_at = excluded.looked_at,
         look_again = r.looked_at is not null, look_until = clock_timestamp() + interval '1 hour'
     )
     select id, changed from differing`,
    [
      kind,
      resources.map(({ resource }) => resource),
      resources.map(({ name }) => name),
      resources.map(({ identity }) => identity.deviceId ?? null),
      resources.map(({ identity }) => identity.tenantId ?? null),
      resources.map(({ identity }) => identity.userId ?? null),
      resources.map(({ identity }) => identity.sid ?? null),
      resources.map(({ identity }) => identity.upn ?? null),
    ],
  );
  return rows.filter(({ changed }) => changed).map(({ id }) => id);
};

/** The site was asked for these and shows no such device or user: they have no identity until it does. */
export const saveWithoutIdentity = async (tx: Tx, kind: CollectionType, ids: readonly number[]): Promise<void> => {
  await tx.query(
    `insert into resource as r (id, kind, name, looked_at)
     select g.id, $1, g.id::text, clock_timestamp() from unnest($2::bigint[]) as g (id) order by g.id
     on conflict (id) do update set looked_at = clock_timestamp() where r.looked_at is null`,
    [kind, ids],
  );
};
