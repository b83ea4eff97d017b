import type { Queryable } from '@collection-sync/postgres';
import { inScope } from './in-scope.js';

/** A tenant is enabled until an operator switches it off; its mappings are then paused by the tenant. */

/** A tenant is on until somebody switches it off. The row stays locked, so that switch and mappings do not cross. */
export const isTenantEnabled = async (tx: Queryable, tenant: string): Promise<boolean> => {
  const [row] = await tx.query<{ enabled: boolean }>('select enabled from tenant where tenant = $1 for share', [
    tenant,
  ]);
  return row?.enabled ?? true;
};

/** Answers whether that changed anything. */
export const setTenantEnabled = async (
  tx: Queryable,
  tenant: string,
  enabled: boolean,
  by: string,
): Promise<boolean> => {
  await tx.query('insert into tenant (tenant) values ($1) on conflict do nothing', [tenant]);
  const rows = await tx.query(
    `update tenant set enabled = $2, changed_at = now(), changed_by = $3 where tenant = $1 and enabled <> $2 returning tenant`,
    [tenant, enabled, by],
  );
  return rows.length > 0;
};

export interface TenantRow {
  tenant: string;
  enabled: boolean;
  changedAt: Date | null;
  changedBy: string | null;
  mappings: number;
  /** mappings that its switch stops when it goes off */
  stoppable: number;
  /** mappings that only its switch has stopped, and that resume when it goes on */
  stopped: number;
}

/** The configured tenants, and those that only mappings know. */
export const findTenants = (db: Queryable, scope: string | null, configured: readonly string[]): Promise<TenantRow[]> =>
  db.query<TenantRow>(
    `select known.tenant, coalesce(t.enabled, true) as enabled, t.changed_at as "changedAt", t.changed_by as "changedBy",
       coalesce(m.n, 0) as mappings, coalesce(m.stoppable, 0) as stoppable, coalesce(m.stopped, 0) as stopped
     from (select tenant from unnest($1::text[]) as given (tenant) union select tenant from mapping where state <> 'deleted'
       union select tenant from tenant) known
     left join tenant t using (tenant)
     left join (select tenant, count(*) as n, count(*) filter (where state in ('active', 'deleting')) as stoppable,
         count(*) filter (where paused_by = 'tenant') as stopped
       from mapping where state <> 'deleted' and ${inScope('$2', 'tenant', 'collection')} group by tenant) m using (tenant)
     where ${inScope('$2', 'known.tenant', 'null')}
     order by known.tenant`,
    [configured, scope],
  );

export interface MappedTo {
  readonly collection: string;
  /** the site does not show it any more: its groups may be given to another one */
  readonly missing: boolean;
}

/** The collections that some targets are mapped to. */
export const mappedGroups = async (db: Queryable, targets: readonly string[]): Promise<Map<string, MappedTo>> => {
  const rows = await db.query<MappedTo & { target: string }>(
    `select m.target, m.collection, coalesce(c.state = 'missing', false) as missing
     from mapping m left join collection c on c.collection = m.collection
     where m.target = any ($1::text[]) and m.state <> 'deleted'`,
    [targets],
  );
  return new Map(rows.map(({ target, ...mapped }) => [target, mapped]));
};

/** Groups that the product's own cloud sync still feeds, with a collection that it does so from. */
export const productSynced = async (
  db: Queryable,
  tenant: string,
  groups: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await db.query<{ group: string; collection: string }>(
    `select r."group", c.collection from collection c, jsonb_to_recordset(c.product_relations) as r ("group" text, tenant text)
     where c.product_relations <> '[]' and r."group" = any ($2::text[]) and coalesce(r.tenant, $1) = $1`,
    [tenant, groups],
  );
  return new Map(rows.map(({ group, collection }) => [group, collection]));
};
