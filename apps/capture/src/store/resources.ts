import type { CollectionType, DirectoryChange, SourceResource } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

/**
 * Commits of reads share this lock and changes of identities hold it alone, until their transaction ends: a member that joins a
 * collection while its identity changes is otherwise stamped by neither.
 */
export const shareIdentities = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock_shared(hashtextextended(current_schema() || ' identities', 0))`);
};

export const holdIdentities = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' identities', 0))`);
};

/**
 * Keeps what the site says of resources; returns those whose identity is another than before. These are refreshed for an hour: an
 * identity that changes once more before the directory ever showed it is announced by nobody.
 */
export const saveIdentities = async (
  tx: Tx,
  kind: CollectionType,
  resources: readonly SourceResource[],
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

/** The source was asked for these and shows no such device or user: they have no identity until it does. */
export const saveWithoutIdentity = async (tx: Tx, kind: CollectionType, ids: readonly number[]): Promise<void> => {
  await tx.query(
    `insert into resource as r (id, kind, name, looked_at)
     select g.id, $1, g.id::text, clock_timestamp() from unnest($2::bigint[]) as g (id) order by g.id
     on conflict (id) do update set looked_at = clock_timestamp() where r.looked_at is null`,
    [kind, ids],
  );
};

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

/** Takes the oldest changes; returns the resources that they name, by tenant, and how many changes were taken. */
export const takeIdentityChanges = async (
  tx: Tx,
  limit: number,
): Promise<{ taken: number; resources: { tenant: string; resource: number; gone: boolean }[] }> => {
  const taken = await tx.query<IdentityChange>(
    `with gone as (
       delete from identity_change where id = any (array(
         select id from identity_change order by id limit $1 for update skip locked))
       returning *
     )
     select tenant, device_id, user_id, sid, upn, change from gone order by id`,
    [limit],
  );
  if (taken.length === 0) return { taken: 0, resources: [] };
  const resources = await tx.query<{ tenant: string; resource: number; gone: boolean }>(
    `with change as (
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) with ordinality
         as g (tenant, device_id, user_id, sid, upn, change, position)
     ), named as (
       select c.tenant, r.id, c.change, c.position from change c cross join lateral (
         select id from resource where device_id = c.device_id
         union all select id from resource where user_id = c.user_id
         union all select id from resource where sid = c.sid
         union all select id from resource where lower(upn) = lower(c.upn)
         offset 0) r
     )
     select distinct on (tenant, id) tenant, id as resource, change = 'gone' as gone from named order by tenant, id, position desc`,
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

/** Resources whose object is gone are refreshed, as long as it does not come back and the site knows no other id. */
export const markForRefresh = async (
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

/** Staged devices or users whose identity was never checked, in the order of their ids, after one of them. */
export const uncheckedResources = async (
  db: Queryable,
  read: { collection: string; readNo: number; kind: CollectionType; after: number; limit: number },
): Promise<number[]> => {
  const rows = await db.query<{ resource: number }>(
    `select distinct s.resource from stage s left join resource r on r.id = s.resource
     where s.collection = $1 and s.read_no = $2 and s.kind = $3 and s.resource > $4 and r.looked_at is null
     order by s.resource limit $5`,
    [read.collection, read.readNo, read.kind, read.after, read.limit],
  );
  return rows.map(({ resource }) => resource);
};

export const countUnchecked = async (
  db: Queryable,
  read: { collection: string; readNo: number; kind: CollectionType },
): Promise<number> => {
  const [counted] = await db.query<{ n: number }>(
    `select count(distinct s.resource) as n from stage s left join resource r on r.id = s.resource
     where s.collection = $1 and s.read_no = $2 and s.kind = $3 and r.looked_at is null`,
    [read.collection, read.readNo, read.kind],
  );
  return counted!.n;
};

export const uncheckedRange = async (
  db: Queryable,
  read: { collection: string; readNo: number; kind: CollectionType },
): Promise<{ first: number; last: number }> => {
  const [range] = await db.query<{ first: number; last: number }>(
    `select coalesce(min(s.resource), 1) as first, coalesce(max(s.resource), 0) as last from stage s left join resource r on r.id = s.resource
     where s.collection = $1 and s.read_no = $2 and s.kind = $3 and r.looked_at is null`,
    [read.collection, read.readNo, read.kind],
  );
  return range!;
};

/** Where the resources $1 are members, found one after the other. */
const MEMBERSHIPS = `unnest($1::bigint[]) as given (resource)
  cross join lateral (select * from membership k where k.resource = given.resource and k.present offset 0) m`;

/**
 * Gives the present rows of resources the next version of their collection, under its row lock, so that the next delta names them again.
 * With a tenant, only in collections that are mapped to it. Returns how many rows.
 */
export const stampMembers = async (tx: Tx, resources: readonly number[], tenant?: string): Promise<number> => {
  if (resources.length === 0) return 0;
  // of members that were just read the planner knows nothing
  await tx.query('set local enable_seqscan = off');
  const locked = await tx.query<{ id: string }>(
    `select c.id from collection c
     where c.id in (select m.collection from ${MEMBERSHIPS})
       and ($2::uuid is null or exists (select from target t where t.collection = c.id and t.tenant = $2 and t.state = 'active'))
     order by c.id for update`,
    [resources, tenant ?? null],
  );
  if (locked.length === 0) return 0;
  return tx.execute(
    `with named as materialized (
       select m.collection, m.resource from ${MEMBERSHIPS} where m.collection = any ($2)
     ), raised as (
       update collection set version = next_version(version) where id in (select collection from named) returning id, version
     )
     update membership m set version = r.version from named n join raised r on r.id = n.collection
     where m.collection = n.collection and m.resource = n.resource`,
    [resources, locked.map(({ id }) => id)],
  );
};
