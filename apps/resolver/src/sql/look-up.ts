import type { Queryable } from '@collection-sync/postgres';

export interface Wanted {
  readonly deviceIds: readonly string[];
  readonly userIds: readonly string[];
  readonly sids: readonly string[];
  readonly upns: readonly string[];
}

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

export interface Look {
  readonly deviceReady: boolean;
  readonly userReady: boolean;
  readonly found: readonly Found[];
}

type Row = { deviceReady: boolean; userReady: boolean } & (Found | { by: null });

/** One statement is one snapshot: whether the mirror may be believed, and what it holds, belong to the same instant. */
export const lookUp = async (on: Queryable, tenant: string, wanted: Wanted): Promise<Look> => {
  const rows = await on.query<Row>(
    `with ready as (
       select coalesce(bool_or(ready) filter (where kind = 'device'), false) as device,
              coalesce(bool_or(ready) filter (where kind = 'user'), false) as "user"
       from feed where tenant = $1
     ), found as (
       select 'device' as by, device_id::text as key, object_id, sid, upn, enabled, deleted_at, appeared_at
       from directory_object where tenant = $1 and device_id = any ($2::uuid[])
       union all
       select 'user', object_id::text, object_id, sid, upn, enabled, deleted_at, appeared_at
       from directory_object where tenant = $1 and object_id = any ($3::uuid[]) and kind = 'user'
       union all
       select 'sid', sid, object_id, sid, upn, enabled, deleted_at, appeared_at
       from directory_object where tenant = $1 and sid = any ($4::text[])
       union all
       select 'upn', upn, object_id, sid, upn, enabled, deleted_at, appeared_at
       from directory_object where tenant = $1 and upn = any ($5::text[])
     )
     select ready.device as "deviceReady", ready."user" as "userReady", by, key, object_id as object,
       found.sid, found.upn, enabled, deleted_at is not null as deleted, appeared_at as "appearedAt"
     from ready left join found on true`,
    [tenant, wanted.deviceIds, wanted.userIds, wanted.sids, wanted.upns],
  );
  const [first] = rows;
  return {
    deviceReady: first?.deviceReady ?? false,
    userReady: first?.userReady ?? false,
    found: rows.filter((row): row is Row & Found => row.by !== null),
  };
};
