import type { Queryable } from '@collection-sync/postgres';
import type { Change } from '../live/live.js';
import { inScope, tenantIn } from './in-scope.js';

/** Where a change happened that is named by an id. */
const BY_ID: Readonly<Record<string, string>> = { run: 'id', plan: 'id', command: 'id', preview: 'command' };

const placed = Object.entries(BY_ID).map(
  ([table, id]) => `select given.no, ${tenantIn('r.target')}, coalesce(r.collection, m.collection) from given
     join ${table} r left join mapping m on m.target = r.target on r.${id} = case when given.kind = '${table}' then given.key::uuid end`,
);

/** Those of the changes that happened where the scope reaches. What is known to belong nowhere is of whoever reads everything. */
export const changesInScope = async (
  db: Queryable,
  scope: string | null,
  changes: readonly Change[],
): Promise<Change[]> => {
  const found = await db.query<{ no: number }>(
    `with given as (select * from jsonb_to_recordset($2::jsonb) as r (no bigint, kind text, key text)),
       placed (no, tenant, collection) as (
         select given.no, m.tenant, m.collection from given join mapping m on given.kind in ('target', 'mapping') and m.target = given.key
         union all select no, null, key from given where kind = 'collection'
         union all select no, key, null from given where kind = 'tenant'
         union all select no, case when key not like 'site/%' then split_part(key, '/', 2) end, null from given where kind = 'upstream'
         union all ${placed.join('\n         union all ')})
     select distinct no from placed where ${inScope('$1', 'tenant', 'collection')}`,
    [scope, JSON.stringify(changes.map(({ no, kind, key }) => ({ no, kind, key })))],
  );
  const numbers = new Set(found.map(({ no }) => no));
  return changes.filter(({ no }) => numbers.has(no));
};
