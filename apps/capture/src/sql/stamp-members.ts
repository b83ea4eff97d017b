import type { Tx } from '@collection-sync/postgres';

/**
 * Gives the present rows of resources the next version of their collection, under its row lock, so that the next delta tells them again.
 * With a tenant, only in collections that are mapped to it. Answers how many rows.
 */
export const stampMembers = async (tx: Tx, resources: readonly number[], tenant?: string): Promise<number> => {
  if (resources.length === 0) return 0;
  const locked = await tx.query<{ id: string }>(
    `select c.id from collection c
     where c.id in (select m.collection from membership m where m.resource = any ($1) and m.present)
       and ($2::uuid is null or exists (select from target t where t.collection = c.id and t.tenant = $2 and t.state = 'active'))
     order by c.id for update`,
    [resources, tenant ?? null],
  );
  if (locked.length === 0) return 0;
  return tx.execute(
    `with raised as (
       update collection set version = next_version(version)
       where id in (select m.collection from membership m where m.resource = any ($1) and m.present and m.collection = any ($2))
       returning id, version
     )
     update membership m set version = r.version from raised r
     where m.collection = r.id and m.resource = any ($1) and m.present`,
    [resources, locked.map(({ id }) => id)],
  );
};
