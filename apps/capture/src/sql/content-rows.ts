import type { ResourceKind } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

export interface ContentRow {
  resource: number;
  present: boolean;
  version: number;
  kind: ResourceKind;
  name: string;
  device_id: string | null;
  tenant_id: string | null;
  user_id: string | null;
  sid: string | null;
  upn: string | null;
}

/** First the page, by its index, then the resource of each row, by its key, whatever the planner thinks of the tables. */
const withResources = (page: string, order: string): string =>
  `with page as materialized (${page})
   select m.resource, m.present, m.version, coalesce(r.kind, 'unknown') as kind, coalesce(r.name, '') as name,
     r.device_id, r.tenant_id, r.user_id, r.sid, r.upn
   from page m left join lateral (select * from resource k where k.id = m.resource limit 1) r on true
   order by ${order}`;

/** The next members that are present now, after a resource. No bound on the version: who changes meanwhile is still a member. */
export const completeRows = (on: Queryable, collection: string, after: number, limit: number): Promise<ContentRow[]> =>
  on.query<ContentRow>(
    withResources(
      `select resource, present, version from membership
       where collection = $1 and present and resource > $2 order by resource limit $3`,
      'm.resource',
    ),
    [collection, after, limit],
  );

/** The next rows of from < version ≤ to, after a version and a resource. */
export const deltaRows = (
  on: Queryable,
  collection: string,
  { from, to, after, limit }: { from: number; to: number; after: { version: number; resource: number }; limit: number },
): Promise<ContentRow[]> =>
  on.query<ContentRow>(
    withResources(
      `select resource, present, version from membership
       where collection = $1 and version > $2 and version <= $3 and (version, resource) > ($4, $5)
       order by version, resource limit $6`,
      'm.version, m.resource',
    ),
    [collection, from, to, after.version, after.resource, limit],
  );

export const publishedVersion = async (on: Queryable, collection: string): Promise<number> => {
  const [row] = await on.query<{ published: number }>('select published from collection where id = $1', [collection]);
  return row?.published ?? 0;
};
