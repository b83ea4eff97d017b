import type { Policy } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope } from './in-scope.js';
import { escapeLike, memberColumns, type MemberRow } from './members.js';

/** A member of some group, with what it is a member by. */
export interface ResourceRow extends MemberRow {
  targetNo: number;
  target: string;
  groupName: string;
  collection: string;
  collectionName: string;
  policy: Policy;
}

const COLUMNS = `${memberColumns('m')}, m.target_no as "targetNo", t.target, p.group_name as "groupName", p.collection,
  p.collection_name as "collectionName", p.policy`;

const ofMapping = (scope: string): string => inScope(scope, 'p.tenant', 'p.collection');

type Position = readonly (string | number | null)[] | undefined;

/** By the begin of the name, in its order; one more than the page has. */
export const resourcesByName = (
  db: Queryable,
  scope: string | null,
  begin: string,
  position: Position,
  limit: number,
): Promise<ResourceRow[]> =>
  db.query<ResourceRow>(
    `select ${COLUMNS} from member m join target t on t.no = m.target_no join mapping p on p.target = t.target and p.state <> 'deleted'
     where m.sort like $1 and ($2::text is null or (m.sort, m.target_no, m.key) > ($2, $3::integer, $4)) and ${ofMapping('$6')}
     order by m.sort, m.target_no, m.key limit $5`,
    [
      `${escapeLike(begin.toLowerCase())}%`,
      position?.[0] ?? null,
      position?.[1] ?? null,
      position?.[2] ?? null,
      limit + 1,
      scope,
    ],
  );

/** By the whole name. */
export const resourcesNamed = (
  db: Queryable,
  scope: string | null,
  name: string,
  limit: number,
): Promise<ResourceRow[]> =>
  db.query<ResourceRow>(
    `select ${COLUMNS} from member m join target t on t.no = m.target_no join mapping p on p.target = t.target and p.state <> 'deleted'
     where m.sort = $1 and ${ofMapping('$3')} order by m.sort, m.target_no, m.key limit $2`,
    [name.toLowerCase(), limit, scope],
  );

/** By a whole id, which each group is asked for by its key. */
export const resourcesById = (
  db: Queryable,
  scope: string | null,
  id: { resource: string } | { object: string },
  limit: number,
): Promise<ResourceRow[]> => {
  const where = 'resource' in id ? '(k.key = $1 or (k.resource = $1::bigint and not k.wanted))' : 'k.object = $1';
  return db.query<ResourceRow>(
    `select ${COLUMNS} from mapping p join target t on t.target = p.target
       cross join lateral (select * from member k where k.target_no = t.no and ${where} limit 2) m
     where p.state <> 'deleted' and ${ofMapping('$3')} order by p.target, m.key limit $2`,
    ['resource' in id ? id.resource : id.object, limit, scope],
  );
};
