import type {
  CollectionType,
  ListedCollectionType,
  ReadProof,
  ServingFailure,
  SourceCollection,
} from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

/**
 * A collection, listed or only named by a mapping. States: `ok` after a complete read, `incomplete` after one that proved nothing, `missing`
 * when two listings in order have not shown it; a listing that shows it again leads out of `missing`, a read of the two others.
 */
export interface CollectionRow {
  id: string;
  source: string;
  name: string;
  type: ListedCollectionType;
  comment: string;
  count: number;
  changedAt: Date | null;
  state: 'ok' | 'incomplete' | 'missing';
  productRelations: { group: string; groupName: string; tenant?: string }[];
  version: number;
  published: number;
  /** numbers of the read committed last, and of the last complete one; 0 for none */
  committedRead: number;
  completeRead: number;
  lastRead: ReadProof | null;
  lastComplete: ReadProof | null;
  /** why it could not be served, when that was last tried */
  failure: ServingFailure | null;
  /** requests for a read that the last read began with */
  readRequested: number;
  sequence: number;
}

const COLLECTION = `c.id, c.site as source, c.name, c.type, c.comment, c.count, c.changed_at as "changedAt", c.state,
  c.product_relations as "productRelations", c.version, c.published, c.committed_read as "committedRead",
  c.complete_read as "completeRead", c.last_read as "lastRead", c.last_complete as "lastComplete", c.failure,
  c.read_asked as "readRequested", c.number as sequence`;

/** With the time of the listing that showed it last. */
export type ListedRow = CollectionRow & { checkedAt: Date };

/** Holds the row of a collection: what changes its content, its version or what its targets require is done under it. */
export const lockCollection = async (tx: Tx, id: string): Promise<CollectionRow | undefined> => {
  const [row] = await tx.query<CollectionRow>(`select ${COLLECTION} from collection c where id = $1 for update`, [id]);
  return row;
};

/** Takes the sequence of the next record of each collection that the site has listed; in the order of their ids. */
export const nextCollectionRecords = async (tx: Tx, ids: readonly string[]): Promise<ListedRow[]> => {
  await tx.query('select from collection where id = any ($1) order by id for update', [ids]);
  return tx.query<ListedRow>(
    `update collection c set number = next_version(number), event_at = clock_timestamp()
     where id = any ($1) and listed
     returning ${COLLECTION}, coalesce((select checked_at from site), clock_timestamp()) as "checkedAt"`,
    [ids],
  );
};

/** Writes what a page of the listing changes; returns the ids of these collections. A missing one that shows again is read. */
export const saveListed = async (tx: Tx, source: string, listed: readonly SourceCollection[]): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `with given as (
       select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::timestamptz[])
         as g (id, name, type, comment, count, changed_at)
     ), differing as (
       select g.* from given g left join collection c on c.id = g.id
       where c.id is null or not c.listed or c.state = 'missing'
         or (c.site, c.name, c.type, c.comment, c.count, c.changed_at)
            is distinct from ($1, g.name, g.type, g.comment, coalesce(g.count, c.count), g.changed_at)
       order by g.id
     )
     insert into collection as c (id, site, name, type, comment, count, changed_at, listed)
     select id, $1, name, type, comment, coalesce(count, 0), changed_at, true from differing
     on conflict (id) do update set site = $1, name = excluded.name, type = excluded.type, comment = excluded.comment,
       count = excluded.count, changed_at = excluded.changed_at, listed = true, missing_listings = 0,
       asked = case when c.state = 'missing' then c.asked + 1 else c.asked end,
       retry_at = case when c.state = 'missing' then null else c.retry_at end,
       state = case when c.state <> 'missing' then c.state
         when c.last_read is null or c.last_read ->> 'verdict' = 'complete' then 'ok' else 'incomplete' end
     returning c.id`,
    [
      source,
      listed.map(({ id }) => id),
      listed.map(({ name }) => name),
      listed.map(({ type }) => type),
      listed.map(({ comment }) => comment),
      listed.map(({ count }) => count),
      listed.map(({ changedAt }) => changedAt),
    ],
  );
  return rows.map(({ id }) => id);
};

/** Remembers why a collection cannot be served, or that it can again. True when that is news. */
export const saveFailure = async (
  tx: Tx,
  id: string,
  failure: Omit<ServingFailure, 'since'> | null,
): Promise<boolean> =>
  (await tx.execute(
    `update collection set failure = case when $2::jsonb is not null then $2::jsonb || jsonb_build_object('since',
       coalesce(failure ->> 'since', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) end
     where id = $1 and failure - 'since' is distinct from $2::jsonb`,
    [id, failure && JSON.stringify(failure)],
  )) > 0;

/** After a good listing: what it did not show is missing at the second time. Returns the ids of those that became missing. */
export const countMissing = async (tx: Tx, shown: readonly string[]): Promise<string[]> => {
  await tx.query('update collection set missing_listings = 0 where missing_listings > 0 and id = any ($1)', [shown]);
  const rows = await tx.query<{ id: string; became: boolean }>(
    `update collection set missing_listings = missing_listings + 1,
       state = case when missing_listings >= 1 then 'missing' else state end
     where listed and state <> 'missing' and id <> all ($1)
     returning id, state = 'missing' as became`,
    [shown],
  );
  return rows.filter(({ became }) => became).map(({ id }) => id);
};

/**
 * Requests a read of every collection that somebody wants and that the source now shows otherwise than before its last read. Looks at the
 * difference, not at the moment of the change, so that none is overlooked; and requests again after a read whose time was not settled.
 */
export const requestChanged = async (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.execute(
    `update collection c set asked = asked + 1, retry_at = null
     where c.id = any ($1) and c.asked = c.read_asked and c.state <> 'missing'
       and (c.read_no = 0 or not c.seen_settled or c.changed_at is distinct from c.seen_changed_at
         or c.count is distinct from coalesce(c.seen_count, c.count))
       and exists (select from target t where t.collection = c.id and t.state = 'active')`,
    [ids],
  );

/**
 * Requests a read at once and returns the number of the request: a read that began before does not answer it. Makes the row of a collection
 * that no listing has shown yet, and holds it.
 */
export const requestRead = async (tx: Tx, id: string, type: CollectionType): Promise<number> => {
  const [row] = await tx.query<{ asked: number }>(
    `insert into collection as c (id, type, asked) values ($1, $2, 1)
     on conflict (id) do update set asked = c.asked + 1, retry_at = null, hold_until = null
     returning asked`,
    [id, type],
  );
  return row!.asked;
};

export const claimRelations = async (db: Queryable, everyMs: number): Promise<boolean> =>
  (await db.execute(
    `update site set relations_at = clock_timestamp() where code is not null and is_due(relations_at, $1 * interval '1 ms')`,
    [everyMs],
  )) > 0;

/** Keeps the relations of the product's own cloud sync; returns the collections whose relations changed. */
export const saveRelations = async (
  tx: Tx,
  relations: readonly { collection: string; group: string; groupName: string }[],
): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `with given as (
       select collection, jsonb_agg(jsonb_build_object('group', group_id, 'groupName', group_name) order by group_id) as relations
       from unnest($1::text[], $2::text[], $3::text[]) as g (collection, group_id, group_name) group by collection
     ), differing as (
       select c.id, coalesce(g.relations, '[]') as relations from collection c left join given g on g.collection = c.id
       where c.listed and c.product_relations is distinct from coalesce(g.relations, '[]') order by c.id for update of c
     )
     update collection c set product_relations = d.relations from differing d where c.id = d.id returning c.id`,
    [
      relations.map(({ collection }) => collection),
      relations.map(({ group }) => group),
      relations.map(({ groupName }) => groupName),
    ],
  );
  return rows.map(({ id }) => id);
};
