import type { Queryable } from '@collection-sync/postgres';

/** True for the one replica that looks at identities in this tick. */
export const claimLook = async (on: Queryable, tickMs: number): Promise<boolean> =>
  (await on.execute(
    `update site set looked_at = clock_timestamp() where code is not null and is_due(looked_at, $1 * interval '1 ms')`,
    [tickMs],
  )) > 0;

/** True for the one replica that scans all identities: daily, and sooner when too many members have none. */
export const claimScan = async (
  on: Queryable,
  wish: { sooner: boolean; scanMs: number; allMs: number },
): Promise<boolean> =>
  (await on.execute(
    `update site set scanned_at = clock_timestamp()
     where code is not null and (is_due(scanned_at, $3 * interval '1 ms') or $1 and is_due(scanned_at, $2 * interval '1 ms'))`,
    [wish.sooner, wish.scanMs, wish.allMs],
  )) > 0;

/** A scan that failed is due again after the shorter time. */
export const forgetScan = async (on: Queryable, wish: { scanMs: number; allMs: number }): Promise<void> => {
  await on.query(`update site set scanned_at = clock_timestamp() - ($2 - $1) * interval '1 ms'`, [
    wish.scanMs,
    wish.allMs,
  ]);
};

/** Kinds of collections that somebody wants. */
export const wantedKinds = async (on: Queryable): Promise<('device' | 'user')[]> => {
  const rows = await on.query<{ type: 'device' | 'user' }>(
    `select distinct c.type from target t join collection c on c.id = t.collection where t.state = 'active' and c.type <> 'other'`,
  );
  return rows.map(({ type }) => type);
};

/** Ends the looks whose time is over. */
export const endLooks = (on: Queryable): Promise<number> =>
  on.execute('update resource set look_again = false where look_again and look_until <= clock_timestamp()');

/** Members of collections that somebody wants without identity, or to be looked at again; the newest resource first. */
export const membersWithoutIdentity = async (
  on: Queryable,
  kind: 'device' | 'user',
  limit: number,
): Promise<number[]> => {
  const rows = await on.query<{ id: number }>(
    `select r.id from resource r
     where r.kind = $1 and r.kind in ('device', 'user')
       and (r.look_again or r.device_id is null and r.user_id is null and r.sid is null and r.upn is null)
       and exists (select from membership m join target t on t.collection = m.collection and t.state = 'active'
         where m.resource = r.id and m.present)
     order by r.id desc limit $2`,
    [kind, limit],
  );
  return rows.map(({ id }) => id);
};
