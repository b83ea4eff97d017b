import type { CollectionType } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

/** Staged devices or users whose identity was never looked at, in the order of their ids, after one of them. */
export const unlookedResources = async (
  on: Queryable,
  read: { collection: string; readNo: number; kind: CollectionType; after: number; limit: number },
): Promise<number[]> => {
  const rows = await on.query<{ resource: number }>(
    `select distinct s.resource from stage s left join resource r on r.id = s.resource
     where s.collection = $1 and s.read_no = $2 and s.kind = $3 and s.resource > $4 and r.looked_at is null
     order by s.resource limit $5`,
    [read.collection, read.readNo, read.kind, read.after, read.limit],
  );
  return rows.map(({ resource }) => resource);
};

export const countUnlooked = async (
  on: Queryable,
  read: { collection: string; readNo: number; kind: CollectionType },
): Promise<number> => {
  const [counted] = await on.query<{ n: number }>(
    `select count(distinct s.resource) as n from stage s left join resource r on r.id = s.resource
     where s.collection = $1 and s.read_no = $2 and s.kind = $3 and r.looked_at is null`,
    [read.collection, read.readNo, read.kind],
  );
  return counted?.n ?? 0;
};

export const unlookedRange = async (
  on: Queryable,
  read: { collection: string; readNo: number; kind: CollectionType },
): Promise<{ first: number; last: number }> => {
  const [range] = await on.query<{ first: number | null; last: number | null }>(
    `select min(s.resource) as first, max(s.resource) as last from stage s left join resource r on r.id = s.resource
     where s.collection = $1 and s.read_no = $2 and s.kind = $3 and r.looked_at is null`,
    [read.collection, read.readNo, read.kind],
  );
  return { first: range?.first ?? 1, last: range?.last ?? 0 };
};
