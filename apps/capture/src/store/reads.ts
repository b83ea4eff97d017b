import type { ReadProof, SourceMember } from '@collection-sync/core';
import type { Database, Queryable, Tx } from '@collection-sync/postgres';

export interface BegunRead {
  readonly readNo: number;
  /** requests that this read answers */
  readonly requested: number;
  /** when it began */
  readonly at: Date;
}

/** Takes the number of a read before it starts, and clears what older reads left. */
export const beginRead = (db: Database, collection: string): Promise<BegunRead | undefined> =>
  db.transaction(async (tx) => {
    const [read] = await tx.query<BegunRead>(
      `update collection set read_no = next_version(read_no), read_at = clock_timestamp() where id = $1
       returning read_no as "readNo", asked as requested, read_at as at`,
      [collection],
    );
    if (read) await tx.query('delete from stage where collection = $1 and read_no < $2', [collection, read.readNo]);
    return read;
  });

const COLUMNS = ['collection', 'read_no', 'resource', 'kind', 'name'];

export const stageMembers = (
  db: Database,
  collection: string,
  readNo: number,
  members: readonly SourceMember[],
): Promise<number> =>
  db.transaction((tx) =>
    tx.copyIn(
      'stage',
      COLUMNS,
      members.map(({ resource, kind, name }) => [collection, readNo, resource, kind, name]),
    ),
  );

export const clearStage = async (db: Database, collection: string, readNo: number): Promise<void> => {
  await db.query('delete from stage where collection = $1 and read_no = $2', [collection, readNo]);
};

export const countStaged = async (
  db: Queryable,
  collection: string,
  readNo: number,
): Promise<{ rows: number; distinct: number }> => {
  const [counted] = await db.query<{ rows: number; distinct: number }>(
    `select coalesce(sum(n), 0)::bigint as rows, count(*) as distinct from
       (select count(*) as n from stage where collection = $1 and read_no = $2 group by resource) as each`,
    [collection, readNo],
  );
  return counted!;
};

/** Present members that a read did not show. */
export const leavers = async (db: Queryable, collection: string, readNo: number, limit: number): Promise<number[]> => {
  const rows = await db.query<{ resource: number }>(
    `select m.resource from membership m where m.collection = $1 and m.present
       and not exists (select from stage s where s.collection = $1 and s.read_no = $2 and s.resource = m.resource)
     limit $3`,
    [collection, readNo, limit],
  );
  return rows.map(({ resource }) => resource);
};

interface Merge {
  readonly collection: string;
  readonly readNo: number;
  readonly version: number;
}

/** Names and kinds as the read showed them; a new name makes no version. */
export const saveNames = async (tx: Tx, { collection, readNo }: Omit<Merge, 'version'>): Promise<void> => {
  await tx.query(
    `insert into resource as r (id, kind, name)
     select distinct on (s.resource) s.resource, s.kind, s.name from stage s
     where s.collection = $1 and s.read_no = $2
       and not exists (select from resource k where k.id = s.resource and k.kind = s.kind and k.name = s.name)
     order by s.resource
     on conflict (id) do update set kind = excluded.kind, name = excluded.name`,
    [collection, readNo],
  );
};

/** Joiners, with the new version. One whose identity was never checked does not join yet: unknown is not the same as none. */
export const addJoiners = (tx: Tx, { collection, readNo, version }: Merge): Promise<number> =>
  tx.execute(
    `insert into membership as m (collection, resource, present, version)
     select distinct s.collection, s.resource, true, $3::bigint
     from stage s join resource r on r.id = s.resource
       left join membership k on k.collection = s.collection and k.resource = s.resource
     where s.collection = $1 and s.read_no = $2 and k.present is not true
       and (r.looked_at is not null or r.kind not in ('device', 'user'))
     on conflict (collection, resource) do update set present = true, version = excluded.version`,
    [collection, readNo, version],
  );

/** Leavers become tombstones with the new version; with `only`, no others than these. */
export const tombstoneLeavers = (
  tx: Tx,
  { collection, readNo, version }: Merge,
  only?: readonly number[],
): Promise<number> =>
  tx.execute(
    `update membership m set present = false, version = $3
     where m.collection = $1 and m.present and ($4::bigint[] is null or m.resource = any ($4))
       and not exists (select from stage s where s.collection = $1 and s.read_no = $2 and s.resource = m.resource)`,
    [collection, readNo, version, only ?? null],
  );

export interface SavedRead {
  readonly collection: string;
  readonly readNo: number;
  readonly requested: number;
  readonly version: number;
  readonly proof: ReadProof;
  /** what the site said of the collection before the read; null when it showed none */
  readonly seen: {
    readonly changedAt: Date | null;
    readonly count: number | null;
    /** a change after the read would have another time */
    readonly settled: boolean;
  } | null;
  /** when to try again, if the read was not complete */
  readonly retryMs: number;
  readonly retryMaxMs: number;
}

/**
 * Keeps a read with its proof. What is not complete is tried again, later each time. What the site said is settled at the latest by a read
 * that begins more than five seconds after another has seen the same, however wrong the site's clock is.
 */
export const saveRead = async (tx: Tx, read: SavedRead): Promise<void> => {
  const complete = read.proof.verdict === 'complete';
  await tx.query(
    `update collection set committed_read = $2, version = $3, last_read = $4::jsonb, read_asked = greatest(read_asked, $5),
       seen_changed_at = case when $6 then $7::timestamptz else seen_changed_at end,
       seen_settled = case when not $6 then seen_settled
         else $12 or seen_changed_at is not distinct from $7::timestamptz
           and coalesce(seen_from not between $13::timestamptz - interval '5 s' and $13::timestamptz, true) end,
       seen_from = case when $6 and seen_changed_at is distinct from $7::timestamptz then clock_timestamp() else seen_from end,
       seen_count = case when $6 then $8::integer else seen_count end,
       complete_read = case when $9 then $2 else complete_read end,
       complete_asked = case when $9 then greatest(complete_asked, $5) else complete_asked end,
       last_complete = case when $9 then $4::jsonb else last_complete end,
       state = case when state = 'missing' then state when $9 then 'ok' else 'incomplete' end,
       attempts = case when $9 then 0 else attempts + 1 end,
       retry_at = case when $9 then null
         else clock_timestamp() + least($10 * 2 ^ least(attempts, 20), $11) * interval '1 ms' end
     where id = $1`,
    [
      read.collection,
      read.readNo,
      read.version,
      JSON.stringify(read.proof),
      read.requested,
      read.seen !== null,
      read.seen?.changedAt ?? null,
      read.seen?.count ?? null,
      complete,
      read.retryMs,
      read.retryMaxMs,
      read.seen?.settled ?? false,
      read.proof.at,
    ],
  );
};

/** From so many new rows on the planner must hear of them at once, or it compares every row with every other. */
export const MANY_ROWS = 5_000;

export const refreshStatistics = async (db: Queryable, table: 'stage' | 'membership' | 'resource'): Promise<void> => {
  await db.query(`analyze ${table}`);
};
