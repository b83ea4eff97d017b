import type { DirectoryChange } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

export const saveIdentityChanges = async (tx: Tx, changes: readonly DirectoryChange[]): Promise<void> => {
  const rows = changes.flatMap(({ tenant, identities }) => identities.map((identity) => ({ tenant, ...identity })));
  await tx.query(
    `insert into identity_change (tenant, device_id, user_id, sid, upn)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])`,
    [
      rows.map(({ tenant }) => tenant),
      rows.map(({ deviceId }) => deviceId ?? null),
      rows.map(({ userId }) => userId ?? null),
      rows.map(({ sid }) => sid ?? null),
      rows.map(({ upn }) => upn ?? null),
    ],
  );
};

/** Takes the oldest changes; answers the resources that they name, by tenant, and how many changes were taken. */
export const takeIdentityChanges = async (
  tx: Tx,
  limit: number,
): Promise<{ taken: number; resources: { tenant: string; resource: number }[] }> => {
  const taken = await tx.query<{
    tenant: string;
    device_id: string | null;
    user_id: string | null;
    sid: string | null;
    upn: string | null;
  }>(
    `delete from identity_change where id in
       (select id from identity_change order by id limit $1 for update skip locked)
     returning tenant, device_id, user_id, sid, upn`,
    [limit],
  );
  if (taken.length === 0) return { taken: 0, resources: [] };
  const resources = await tx.query<{ tenant: string; resource: number }>(
    `with change as (
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]) as g (tenant, device_id, user_id, sid, upn)
     )
     select c.tenant, r.id as resource from change c join resource r on r.device_id = c.device_id
     union select c.tenant, r.id from change c join resource r on r.user_id = c.user_id
     union select c.tenant, r.id from change c join resource r on r.sid = c.sid
     union select c.tenant, r.id from change c join resource r on lower(r.upn) = lower(c.upn)`,
    [
      taken.map(({ tenant }) => tenant),
      taken.map(({ device_id }) => device_id),
      taken.map(({ user_id }) => user_id),
      taken.map(({ sid }) => sid),
      taken.map(({ upn }) => upn),
    ],
  );
  return { taken: taken.length, resources };
};
