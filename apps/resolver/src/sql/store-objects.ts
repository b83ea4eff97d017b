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
 * object that came or changed did so after the last time that Graph was asked.
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
     ), merged as (
       select g.object_id, g.removed, o.object_id is not null as known, o.object_id is not null and o.deleted_at is null as was_there,
         case when g.has_device_id then g.device_id else o.device_id end as device_id, o.device_id as old_device_id,
         case when g.has_sid then g.sid else o.sid end as sid, o.sid as old_sid,
         case when g.has_upn then g.upn else o.upn end as upn, o.upn as old_upn,
         case when g.has_enabled then g.enabled else coalesce(o.enabled, true) end as enabled, o.enabled as old_enabled,
         case when g.has_trust then g.trust else o.trust end as trust, o.trust as old_trust,
         o.deleted_at as old_deleted_at, o.appeared_at as old_appeared_at, o.pass as old_pass
       from given g left join directory_object o on o.tenant = $1 and o.object_id = g.object_id
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
    [feed.tenant, feed.kind, JSON.stringify(changes), feed.pass, feed.ready ? askedBefore : null],
  );
