import type { DirectoryChange } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

export const saveIdentityChanges = async (tx: Tx, changes: readonly DirectoryChange[]): Promise<void> => {
  const rows = changes.flatMap(({ tenant, identities }) => identities.map((identity) => ({ tenant, ...identity })));
  await tx.query(
    `insert into identity_change (tenant, device_id, user_id, sid, upn, change)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])`,
    [
      rows.map(({ tenant }) => tenant),
      rows.map(({ deviceId }) => deviceId ?? null),
      rows.map(({ userId }) => userId ?? null),
      rows.map(({ sid }) => sid ?? null),
      rows.map(({ upn }) => upn ?? null),
      rows.map(({ change }) => change),
    ],
  );
};

interface IdentityChange {
  tenant: string;
  device_id: string | null;
  user_id: string | null;
  sid: string | null;
  upn: string | null;
  change: 'appeared' | 'changed' | 'gone';
}

/** Takes the oldest changes; answers the resources that they name, by tenant, and how many changes were taken. */
export const takeIdentityChanges = async (
  tx: Tx,
  limit: number,
): Promise<{ taken: number; resources: { tenant: string; resource: number; gone: boolean }[] }> => {
  const taken = await tx.query<IdentityChange>(
    `with gone as (
       delete from identity_change where id in
         (select id from identity_change order by id limit $1 for update skip locked)
       returning *
     )
     select tenant, device_id, user_id, sid, upn, change from gone order by id`,
    [limit],
  );
  if (taken.length === 0) return { taken: 0, resources: [] };
  const resources = await tx.query<{ tenant: string; resource: number; gone: boolean }>(
    `with change as (
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) with ordinality
         as g (tenant, device_id, user_id, sid, upn, change, place)
     ), named as (
       select c.tenant, r.id, c.change, c.place from change c join resource r on r.device_id = c.device_id
       union all select c.tenant, r.id, c.change, c.place from change c join resource r on r.user_id = c.user_id
       union all select c.tenant, r.id, c.change, c.place from change c join resource r on r.sid = c.sid
       union all select c.tenant, r.id, c.change, c.place from change c join resource r on lower(r.upn) = lower(c.upn)
     )
     select distinct on (tenant, id) tenant, id as resource, change = 'gone' as gone from named order by tenant, id, place desc`,
    [
      taken.map(({ tenant }) => tenant),
      taken.map(({ device_id }) => device_id),
      taken.map(({ user_id }) => user_id),
      taken.map(({ sid }) => sid),
      taken.map(({ upn }) => upn),
      taken.map(({ change }) => change),
    ],
  );
  return { taken: taken.length, resources };
};

/** Resources whose object is gone are looked at again, as long as it does not come back and the site knows no other id. */
export const markLookAgain = async (
  tx: Tx,
  resources: readonly { resource: number; gone: boolean }[],
): Promise<void> => {
  await tx.query(
    `update resource r set look_again = g.gone, look_until = null
     from (select id, gone from unnest($1::bigint[], $2::boolean[]) as u (id, gone) order by id) g
     where r.id = g.id and (r.look_again <> g.gone or r.look_until is not null)`,
    [resources.map(({ resource }) => resource), resources.map(({ gone }) => gone)],
  );
};
