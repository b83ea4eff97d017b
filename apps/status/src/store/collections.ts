import {
  storableJson,
  type CollectionState,
  type ListedCollectionType,
  type ReadProof,
  type ServingFailure,
} from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope } from './in-scope.js';

/** Stores what is newer than what is here. Returns the collections that changed, and those that are missing and have the name of one. */
export const saveCollections = async (tx: Queryable, events: readonly CollectionState[]): Promise<string[]> => {
  const rows = await tx.query<{ collection: string }>(
    `insert into collection as c (collection, site, name, type, comment, count, state, version, changed_at, checked_at, last_read,
       last_complete, product_relations, failure, number)
     select distinct on (collection) collection, site, name, type, comment, count, state, version, "changedAt", "checkedAt", "lastRead",
       "lastComplete", "productRelations", failure, sequence
     from jsonb_to_recordset($1::jsonb) as r (collection text, site text, name text, type text, comment text, count bigint, state text,
       version bigint, "changedAt" timestamptz, "checkedAt" timestamptz, "lastRead" jsonb, "lastComplete" jsonb,
       "productRelations" jsonb, failure jsonb, sequence bigint)
     order by collection, sequence desc
     on conflict (collection) do update set site = excluded.site, name = excluded.name, type = excluded.type,
       comment = excluded.comment, count = excluded.count, state = excluded.state, version = excluded.version,
       changed_at = excluded.changed_at, checked_at = excluded.checked_at, last_read = excluded.last_read,
       last_complete = excluded.last_complete, product_relations = excluded.product_relations,
       failure = excluded.failure, number = excluded.number
     where c.number < excluded.number
     returning collection`,
    [storableJson(events)],
  );
  const changed = rows.map(({ collection }) => collection);
  const replaced = await tx.query<{ collection: string }>(
    `select o.collection from collection o join collection c on lower(c.name) = lower(o.name) and c.type = o.type
     where c.collection = any ($1::text[]) and o.state = 'missing'`,
    [changed],
  );
  return [...new Set([...changed, ...replaced.map(({ collection }) => collection)])];
};

/** Collections that bear the name of `c`, which the site does not show any more. */
export const SUCCESSORS = `array(select s.collection from collection s where c.state = 'missing' and s.state <> 'missing'
  and lower(s.name) = lower(c.name) and s.type = c.type order by s.collection limit 3)`;

export interface CollectionFound {
  collection: string;
  name: string;
  type: ListedCollectionType;
  site: string;
  comment: string;
  count: number;
  state: 'ok' | 'incomplete' | 'missing';
  version: number;
  changedAt: Date | null;
  checkedAt: Date;
  lastRead: ReadProof | null;
  lastComplete: ReadProof | null;
  productRelations: { group: string; groupName: string; tenant?: string }[];
  failure: ServingFailure | null;
  successors: string[];
}

export const findCollection = async (db: Queryable, id: string): Promise<CollectionFound | undefined> =>
  (
    await db.query<CollectionFound>(
      `select collection, name, type, site, comment, count, state, version, changed_at as "changedAt", checked_at as "checkedAt",
         last_read as "lastRead", last_complete as "lastComplete", product_relations as "productRelations", failure, ${SUCCESSORS} as successors
       from collection c where collection = $1`,
      [id],
    )
  )[0];

export interface CollectionFacts {
  readonly name: string;
  readonly state: 'ok' | 'incomplete' | 'missing';
  readonly failure: ServingFailure | null;
  readonly successors: string[];
  readonly version: number;
  readonly checkedAt: Date;
  readonly why: string | null;
  readonly completeAt: Date | null;
  readonly rows: number | null;
}

export const collectionFacts = async (db: Queryable, collection: string): Promise<CollectionFacts | undefined> =>
  (
    await db.query<CollectionFacts>(
      `select name, state, failure, ${SUCCESSORS} as successors, version, checked_at as "checkedAt", last_read ->> 'why' as why,
         (last_complete ->> 'at')::timestamptz as "completeAt", (last_complete ->> 'rows')::bigint as rows
       from collection c where collection = $1`,
      [collection],
    )
  )[0];

/** A relation that the product's own cloud sync keeps. */
export interface Relation {
  collectionId: string;
  collectionName: string;
  collectionType: ListedCollectionType;
  groupId: string;
  groupName: string;
  tenantId: string | null;
  /** as of when the site says so */
  checkedAt: Date;
  missing: boolean;
}

/** A site that does not name the tenant means the only one that is configured. */
export const findRelations = (db: Queryable, scope: string | null, tenants: readonly string[]): Promise<Relation[]> =>
  db.query<Relation>(
    `select c.collection as "collectionId", c.name as "collectionName", c.type as "collectionType", r."group" as "groupId",
       r."groupName", coalesce(r.tenant, $1) as "tenantId", c.checked_at as "checkedAt", c.state = 'missing' as missing
     from collection c, jsonb_to_recordset(c.product_relations) as r ("group" text, "groupName" text, tenant text)
     where c.product_relations <> '[]' and ${inScope('$2', 'coalesce(r.tenant, $1)', 'c.collection')}
     order by c.collection, r."group"`,
    [tenants.length === 1 ? tenants[0] : null, scope],
  );
