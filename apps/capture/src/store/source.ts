import type { Database, Queryable, Tx } from '@collection-sync/postgres';

/** Where the source stands: loading until the first listing, then as the last one went. */
export interface SourceState {
  name: string | null;
  state: 'loading' | 'ready' | 'unavailable';
  errorCode: string | null;
  reason: string | null;
  since: Date;
  checkedAt: Date | null;
  collections: number;
  sequence: number;
}

const SOURCE = `code as name, state, error_code as "errorCode", reason, since, checked_at as "checkedAt", collections, number as sequence`;

/** Holds the row of the source, which is the key of its upstream records. */
export const lockSource = async (tx: Tx): Promise<SourceState> => {
  const [site] = await tx.query<SourceState>(`select ${SOURCE} from site for update`);
  return site!;
};

export const sourceNameOf = async (db: Queryable): Promise<string | null> => {
  const [source] = await db.query<Pick<SourceState, 'name'>>('select code as name from site');
  return source!.name;
};

export const sourceState = async (db: Queryable): Promise<SourceState> => {
  const [site] = await db.query<SourceState>(`select ${SOURCE} from site`);
  return site!;
};

export interface SourceFinding {
  readonly name: string | null;
  readonly state: 'ready' | 'unavailable';
  readonly errorCode: string | null;
  readonly reason: string | null;
  readonly collections: number | null;
}

/** Keeps what a listing showed; `since` moves only with the state. */
export const saveSource = async (tx: Tx, found: SourceFinding): Promise<void> => {
  await tx.query(
    `update site set code = coalesce(code, $1), since = case when state = $2 then since else clock_timestamp() end,
       state = $2, error_code = $3, reason = $4, collections = coalesce($5, collections),
       checked_at = case when $2 = 'ready' then clock_timestamp() else checked_at end`,
    [found.name, found.state, found.errorCode, found.reason, found.collections],
  );
};

/** Takes the sequence of the next upstream record. */
export const nextSourceRecord = async (tx: Tx): Promise<SourceState> => {
  const [site] = await tx.query<SourceState>(
    `update site set number = next_version(number), event_at = clock_timestamp() returning ${SOURCE}`,
  );
  return site!;
};

export const sourceRecordDue = async (db: Queryable, heartbeatMs: number): Promise<boolean> =>
  (await db.query(`select from site where is_due(event_at, $1 * interval '1 ms')`, [heartbeatMs])).length > 0;

/** True for the one replica that lists the collections of this tick; ticks follow each other without drifting. */
export const claimListing = async (db: Queryable, tickMs: number): Promise<boolean> =>
  (await db.execute(
    `update site set listed_at =
       case when listed_at + $1 * interval '1.5 ms' > clock_timestamp() and listed_at <= clock_timestamp()
         then listed_at + $1 * interval '1 ms' else clock_timestamp() end
     where is_due(listed_at, $1 * interval '1 ms')`,
    [tickMs],
  )) > 0;

/** True for the one replica that refreshes identities in this tick. */
export const claimIdentityRefresh = async (db: Queryable, tickMs: number): Promise<boolean> =>
  (await db.execute(
    `update site set looked_at = clock_timestamp() where code is not null and is_due(looked_at, $1 * interval '1 ms')`,
    [tickMs],
  )) > 0;

/** True for the one replica that scans all identities: daily, and sooner when too many members have none. */
export const claimIdentityScan = async (
  db: Queryable,
  times: { sooner: boolean; scanMs: number; allMs: number },
): Promise<boolean> =>
  (await db.execute(
    `update site set scanned_at = clock_timestamp()
     where code is not null and (is_due(scanned_at, $3 * interval '1 ms') or $1 and is_due(scanned_at, $2 * interval '1 ms'))`,
    [times.sooner, times.scanMs, times.allMs],
  )) > 0;

/** A scan that failed is due again after the shorter time. */
export const retryIdentityScan = async (db: Queryable, times: { scanMs: number; allMs: number }): Promise<void> => {
  await db.query(`update site set scanned_at = clock_timestamp() - ($2 - $1) * interval '1 ms'`, [
    times.scanMs,
    times.allMs,
  ]);
};

/** Kinds of collections that somebody wants. */
export const wantedKinds = async (db: Queryable): Promise<('device' | 'user')[]> => {
  const rows = await db.query<{ type: 'device' | 'user' }>(
    `select distinct c.type from target t join collection c on c.id = t.collection where t.state = 'active' and c.type <> 'other'`,
  );
  return rows.map(({ type }) => type);
};

/** Ends the looks whose time is over. */
export const endIdentityRefreshes = (db: Queryable): Promise<number> =>
  db.execute('update resource set look_again = false where look_again and look_until <= clock_timestamp()');

/** That the resource `r` is a member of a collection that somebody wants. Asked of each by its key; with `offset` it is joined with none. */
const IS_WANTED = `exists (select from membership m where m.resource = r.id and m.present
  and exists (select from target t where t.collection = m.collection and t.state = 'active' offset 0) offset 0)`;

/** Members of collections that somebody wants without identity, or to be refreshed; the newest resource first. */
export const membersWithoutIdentity = async (
  db: Queryable,
  kind: 'device' | 'user',
  limit: number,
): Promise<number[]> => {
  const rows = await db.query<{ id: number }>(
    `(select r.id from resource r
        where r.kind = $1 and r.kind in ('device', 'user') and r.device_id is null and r.user_id is null and r.sid is null and r.upn is null
          and ${IS_WANTED} order by r.id desc limit $2)
     union
     (select r.id from resource r where r.kind = $1 and r.look_again and ${IS_WANTED} order by r.id desc limit $2)
     order by id desc limit $2`,
    [kind, limit],
  );
  return rows.map(({ id }) => id);
};

/** Books rows that were requested of the source; returns how many milliseconds to wait before the next page. */
export const bookRows = async (
  db: Database,
  rows: number,
  limits: { rowsPerSecond: number; burstRows: number },
): Promise<number> => {
  const [budget] = await db.query<{ rows_left: number }>(
    `insert into row_budget as b (rows_left, at) values ($2::float8 - $1::float8, clock_timestamp())
     on conflict (only_one) do update set at = clock_timestamp(), rows_left = least($2::float8,
       b.rows_left + greatest(0, extract(epoch from clock_timestamp() - b.at)::float8) * $3::float8) - $1::float8
     returning rows_left`,
    [rows, limits.burstRows, limits.rowsPerSecond],
  );
  const left = budget!.rows_left;
  return left >= 0 ? 0 : (-left / limits.rowsPerSecond) * 1_000;
};
