import type { Tx } from '@collection-sync/postgres';
import type { ObjectChange } from '../mirror/delta-item.js';
import type { FeedRow } from './feed-row.js';

/** An object that resolves differently than before. */
export interface Difference {
  readonly object_id: string;
  readonly change: 'appeared' | 'changed' | 'gone';
  readonly device_id: string | null;
  readonly sid: string | null;
  readonly upn: string | null;
  readonly old_device_id: string | null;
  readonly old_sid: string | null;
  readonly old_upn: string | null;
}

/**
 * Writes what a page tells and answers what it changed. Replays change nothing; the removal of an unknown object is none. An
 * object that came or changed did so after the last time that Graph was asked. What a full pass tells of an object for the first time
 * replaces what was known: a property that is left out has no value. Afterwards one that is left out has not changed.
 */
export const storeObjects = (
  tx: Tx,
  feed: FeedRow,
  changes: readonly ObjectChange[],
  askedBefore: Date | null,
): Promise<Difference[]> =>
  tx.query<Difference>(
    `with given as (
       select * from jsonb_to_recordset($3::jsonb) as g (object_id uuid, removed boolean, has_device_id boolean, device_id uuid,
         has_sid boolean, sid text, has_upn boolean, upn text, has_enabled boolean, enabled boolean, has_trust boolean, trust text)
     ), beside as (
       select g.*, o.object_id is not null as known, o.object_id is not null and o.deleted_at is null as was_there,
         $6 and not g.removed and o.pass is distinct from $4 as whole, o.device_id as old_device_id, o.sid as old_sid, o.upn as old_upn,
         o.enabled as old_enabled, o.trust as old_trust, o.deleted_at as old_deleted_at, o.appeared_at as old_appeared_at,
         o.pass as old_pass
       from given g left join directory_object o on o.tenant = $1 and o.object_id = g.object_id
     ), merged as (
       select object_id, removed, known, was_there, old_device_id, old_sid, old_upn, old_enabled, old_trust, old_deleted_at,
         old_appeared_at, old_pass,
         case when whole or has_device_id then device_id else old_device_id end as device_id,
         case when whole or has_sid then sid else old_sid end as sid,
         case when whole or has_upn then upn else old_upn end as upn,
         case when whole or has_enabled then enabled else coalesce(old_enabled, true) end as enabled,
         case when whole or has_trust then trust else old_trust end as trust
       from beside
     ), judged as (
       select *, case
           when removed then case when was_there then 'gone' end
           when not was_there then 'appeared'
           when (device_id, sid, upn, enabled) is distinct from (old_device_id, old_sid, old_upn, old_enabled) then 'changed'
         end as change
       from merged where known or not removed
     ), written as (
       insert into directory_object as o (tenant, object_id, kind, device_id, sid, upn, enabled, trust, pass, deleted_at, appeared_at)
       select $1, object_id, $2, device_id, sid, upn, enabled, trust, $4,
         case when removed then coalesce(old_deleted_at, now()) end,
         case when change in ('appeared', 'changed') then $5::timestamptz else old_appeared_at end
       from judged where change is not null or trust is distinct from old_trust or old_pass is distinct from $4
       on conflict (tenant, object_id) do update set device_id = excluded.device_id, sid = excluded.sid, upn = excluded.upn,
         enabled = excluded.enabled, trust = excluded.trust, pass = excluded.pass, deleted_at = excluded.deleted_at,
         appeared_at = excluded.appeared_at
     )
     select object_id, change, device_id, sid, upn, old_device_id, old_sid, old_upn from judged where change is not null`,
    [
      feed.tenant,
      feed.kind,
      JSON.stringify(changes),
      feed.pass,
      feed.ready ? askedBefore : null,
      feed.phase === 'pass',
    ],
  );
