import type { Queryable, Tx } from '@collection-sync/postgres';
import type { SiteIds } from './directories.js';
import type { FeedRow } from './feeds.js';

/**
 * The table `directory_object`: what the directory of a tenant was last seen to hold. A row is present or, with `deleted_at`, deleted; a
 * present one is enabled or disabled. storeObjects writes what Graph lists, sweepObjects marks what a full pass did not list, and
 * forgetDeleted removes the row when Entra ID cannot restore the object any more.
 */

/** An object as a page lists it: a property that is missing is not listed, null says that it has no value. */
export interface ListedObject {
  readonly id: string;
  readonly removed: boolean;
  readonly deviceId?: string | null;
  readonly sid?: string | null;
  readonly upn?: string | null;
  readonly enabled?: boolean;
  readonly trust?: string | null;
}

/** As the columns hold them and look-ups compare them; a blank one is none. */
export const sidKey = (sid: unknown): string | undefined => textOf(sid)?.trim().toUpperCase() || undefined;
export const upnKey = (upn: unknown): string | undefined => textOf(upn)?.trim().toLowerCase() || undefined;

/** A text, or a number where a text belongs; nothing else is a value. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** An object that resolves differently than before. */
export interface Difference {
  readonly object: string;
  readonly change: 'appeared' | 'changed' | 'gone';
  readonly deviceId: string | null;
  readonly sid: string | null;
  readonly upn: string | null;
  readonly oldDeviceId: string | null;
  readonly oldSid: string | null;
  readonly oldUpn: string | null;
}

/**
 * Writes what a page lists and returns what it changed. Replays change nothing; the removal of an unknown object is none. What a full pass
 * lists for the first time replaces what was known: a property that is left out has no value. Afterwards one that is left out has not
 * changed. An object that came or changed did so after the last time that Graph was asked.
 */
export const storeObjects = (
  tx: Tx,
  feed: FeedRow,
  objects: readonly ListedObject[],
  askedBefore: Date | null,
): Promise<Difference[]> =>
  tx.query<Difference>(
    `with beside as (
       select (g ->> 'id')::uuid as object_id, (g ->> 'removed')::boolean as removed, g as listed,
         o.object_id is not null as known, o.object_id is not null and o.deleted_at is null as was_there,
         $6 and o.pass is distinct from $4 and not (g ->> 'removed')::boolean as whole,
         o.device_id as old_device_id, o.sid as old_sid, o.upn as old_upn, o.enabled as old_enabled, o.trust as old_trust,
         o.deleted_at as old_deleted_at, o.appeared_at as old_appeared_at, o.pass as old_pass
       from jsonb_array_elements($3::jsonb) g
       left join directory_object o on o.tenant = $1 and o.object_id = (g ->> 'id')::uuid
     ), merged as (
       select *,
         case when whole or listed ? 'deviceId' then (listed ->> 'deviceId')::uuid else old_device_id end as device_id,
         case when whole or listed ? 'sid' then listed ->> 'sid' else old_sid end as sid,
         case when whole or listed ? 'upn' then listed ->> 'upn' else old_upn end as upn,
         coalesce((listed ->> 'enabled')::boolean, case when not whole then old_enabled end, true) as enabled,
         case when whole or listed ? 'trust' then listed ->> 'trust' else old_trust end as trust
       from beside where known or not removed
     ), compared as (
       select *, case
           when removed then case when was_there then 'gone' end
           when not was_there then 'appeared'
           when (device_id, sid, upn, enabled) is distinct from (old_device_id, old_sid, old_upn, old_enabled) then 'changed'
         end as change
       from merged
     ), written as (
       insert into directory_object as o (tenant, object_id, kind, device_id, sid, upn, enabled, trust, pass, deleted_at, appeared_at)
       select $1, object_id, $2, device_id, sid, upn, enabled, trust, $4,
         case when removed then coalesce(old_deleted_at, now()) end,
         case when change in ('appeared', 'changed') then $5::timestamptz else old_appeared_at end
       from compared where change is not null or trust is distinct from old_trust or old_pass is distinct from $4
       on conflict (tenant, object_id) do update set device_id = excluded.device_id, sid = excluded.sid, upn = excluded.upn,
         enabled = excluded.enabled, trust = excluded.trust, pass = excluded.pass, deleted_at = excluded.deleted_at,
         appeared_at = excluded.appeared_at
     )
     select object_id as object, change, device_id as "deviceId", sid, upn, old_device_id as "oldDeviceId", old_sid as "oldSid",
       old_upn as "oldUpn"
     from compared where change is not null`,
    [
      feed.tenant,
      feed.kind,
      JSON.stringify(objects),
      feed.pass,
      feed.ready ? askedBefore : null,
      feed.phase === 'pass',
    ],
  );

export interface PassCounts {
  /** a pass before this one was completed: members are resolved from the mirror */
  readonly ready: boolean;
  /** a pass before this one was doubted */
  readonly doubtedBefore: boolean;
  readonly present: number;
  readonly listed: number;
  /** rows that could not be read */
  readonly leftOut: number;
  /** not listed, although the pass that was doubted had listed it, if there was one */
  readonly missing: number;
}

/** What the pass that has ended has listed, beside what the mirror holds. */
export const countPass = async (
  tx: Tx,
  { tenant, kind, pass, ready, doubtedPass, leftOut }: FeedRow,
): Promise<PassCounts> => {
  const [row] = await tx.query<Pick<PassCounts, 'present' | 'listed' | 'missing'>>(
    `select count(*) as present, count(*) filter (where pass = $3) as listed,
       count(*) filter (where pass < $3 and pass >= coalesce($4, 0)) as missing
     from directory_object where tenant = $1 and kind = $2 and deleted_at is null`,
    [tenant, kind, pass, doubtedPass],
  );
  if (!row) throw new Error(`the ${kind} mirror of tenant ${tenant} could not be counted`);
  return { ...row, ready, leftOut, doubtedBefore: doubtedPass !== null };
};

/** Marks up to `limit` objects deleted that the finished pass did not list. */
export const sweepObjects = (tx: Tx, { tenant, kind, pass }: FeedRow, limit: number): Promise<Difference[]> =>
  tx.query<Difference>(
    `update directory_object set deleted_at = now()
     where (tenant, object_id) in (
       select tenant, object_id from directory_object
       where tenant = $1 and kind = $2 and pass < $3 and deleted_at is null limit $4)
     returning object_id as object, 'gone' as change, device_id as "deviceId", sid, upn,
       device_id as "oldDeviceId", sid as "oldSid", upn as "oldUpn"`,
    [tenant, kind, pass, limit],
  );

export const forgetDeleted = (db: Queryable, afterDays: number): Promise<number> =>
  db.execute(`delete from directory_object where deleted_at < now() - $1 * interval '1 day'`, [afterDays]);

/** What is asked of the mirror: the keys by which members may be found. */
export interface Keys {
  readonly deviceIds: readonly string[];
  readonly userIds: readonly string[];
  readonly sids: readonly string[];
  readonly upns: readonly string[];
}

/** An object of the mirror, by the key that found it. */
export interface Found {
  readonly by: 'device' | 'user' | 'sid' | 'upn';
  readonly key: string;
  readonly object: string;
  readonly sid: string | null;
  readonly upn: string | null;
  readonly enabled: boolean;
  readonly deleted: boolean;
  readonly appearedAt: Date | null;
}

export interface Snapshot {
  readonly deviceReady: boolean;
  readonly userReady: boolean;
  readonly siteIds: SiteIds;
  readonly found: readonly Found[];
}

type SnapshotRow = Pick<Snapshot, 'deviceReady' | 'userReady'> & { siteIds: SiteIds | null } & (Found | { by: null });

/**
 * Objects of the tenant $1 by their keys, one after the other: of all keys at once the planner may read the whole mirror, which it takes for
 * small until it has been analysed.
 */
const byKey = (keys: string, column: 'device_id' | 'object_id' | 'sid' | 'upn'): string =>
  `(select distinct key from unnest(${keys}) as key) as given
     cross join lateral (select * from directory_object where tenant = $1 and ${column} = given.key offset 0) o`;

/**
 * One statement is one snapshot: whether the mirror may be believed, and what it holds, belong to the same instant. What a site calls the id
 * of a device may be its device id or its object id, which no public source settles: either finds it.
 */
export const readSnapshot = async (db: Queryable, tenant: string, keys: Keys): Promise<Snapshot> => {
  const rows = await db.query<SnapshotRow>(
    `with ready as (
       select coalesce(bool_or(ready) filter (where kind = 'device'), false) as device,
              coalesce(bool_or(ready) filter (where kind = 'user'), false) as "user"
       from feed where tenant = $1
     ), found as (
       select 'device' as by, given.key::text as key, o.* from ${byKey('$2::uuid[]', 'device_id')}
       union all
       select 'device', given.key::text, o.* from ${byKey('$2::uuid[]', 'object_id')} where o.kind = 'device'
       union all
       select 'user', given.key::text, o.* from ${byKey('$3::uuid[]', 'object_id')} where o.kind = 'user'
       union all
       select 'sid', given.key, o.* from ${byKey('$4::text[]', 'sid')}
       union all
       select 'upn', given.key, o.* from ${byKey('$5::text[]', 'upn')}
     )
     select ready.device as "deviceReady", ready."user" as "userReady",
       (select site_ids from directory where tenant = $1) as "siteIds", by, key, object_id as object, sid, upn, enabled,
       deleted_at is not null as deleted, appeared_at as "appearedAt"
     from ready left join found on true`,
    [tenant, keys.deviceIds, keys.userIds, keys.sids, keys.upns],
  );
  const [first] = rows;
  if (!first) throw new Error(`the mirror of tenant ${tenant} could not be read`);
  return {
    deviceReady: first.deviceReady,
    userReady: first.userReady,
    siteIds: first.siteIds ?? { devices: null, users: null },
    found: rows.filter((row): row is SnapshotRow & Found => row.by !== null),
  };
};
