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

const COLUMNS = `m.resource, m.present, m.version, coalesce(r.kind, 'unknown') as kind, coalesce(r.name, '') as name,
  r.device_id, r.tenant_id, r.user_id, r.sid, r.upn`;

/** The next members that are present now, after a resource. No bound on the version: who changes meanwhile is still a member. */
export const completeRows = (on: Queryable, collection: string, after: number, limit: number): Promise<ContentRow[]> =>
  on.query<ContentRow>(
    `select ${COLUMNS} from membership m left join resource r on r.id = m.resource
     where m.collection = $1 and m.present and m.resource > $2 order by m.resource limit $3`,
    [collection, after, limit],
  );

/** The next rows of from < version ≤ to, after a version and a resource. */
export const deltaRows = (
  on: Queryable,
  collection: string,
  { from, to, after, limit }: { from: number; to: number; after: { version: number; resource: number }; limit: number },
): Promise<ContentRow[]> =>
  on.query<ContentRow>(
    `select ${COLUMNS} from membership m left join resource r on r.id = m.resource
     where m.collection = $1 and m.version > $2 and m.version <= $3 and (m.version, m.resource) > ($4, $5)
     order by m.version, m.resource limit $6`,
    [collection, from, to, after.version, after.resource, limit],
  );

export const publishedVersion = async (on: Queryable, collection: string): Promise<number> => {
  const [row] = await on.query<{ published: number }>('select published from collection where id = $1', [collection]);
  return row?.published ?? 0;
};
