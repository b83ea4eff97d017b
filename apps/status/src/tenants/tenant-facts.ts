import type { Queryable } from '@collection-sync/postgres';

export interface TenantRow {
  tenant: string;
  enabled: boolean;
  changedAt: Date | null;
  changedBy: string | null;
  mappings: number;
}

/** The configured tenants, and those that only mappings know. */
export const findTenants = (on: Queryable, configured: readonly string[]): Promise<TenantRow[]> =>
  on.query<TenantRow>(
    `select known.tenant, coalesce(t.enabled, true) as enabled, t.changed_at as "changedAt", t.changed_by as "changedBy",
       coalesce(m.n, 0) as mappings
     from (select tenant from unnest($1::text[]) as given (tenant) union select tenant from mapping where state <> 'deleted'
       union select tenant from tenant) known
     left join tenant t using (tenant)
     left join (select tenant, count(*) as n from mapping where state <> 'deleted' group by tenant) m using (tenant)
     order by known.tenant`,
    [configured],
  );

/** The collections that some targets are mapped to. */
export const mappedGroups = async (on: Queryable, targets: readonly string[]): Promise<Map<string, string>> => {
  const rows = await on.query<{ target: string; collection: string }>(
    `select target, collection from mapping where target = any ($1::text[]) and state <> 'deleted'`,
    [targets],
  );
  return new Map(rows.map(({ target, collection }) => [target, collection]));
};

/** Groups that the product's own cloud sync still feeds, with a collection that it does so from. */
export const productSynced = async (
  on: Queryable,
  tenant: string,
  groups: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await on.query<{ group: string; collection: string }>(
    `select r."group", c.collection from collection c, jsonb_to_recordset(c.product_relations) as r ("group" text, tenant text)
     where c.product_relations <> '[]' and r."group" = any ($2::text[]) and coalesce(r.tenant, $1) = $1`,
    [tenant, groups],
  );
  return new Map(rows.map(({ group, collection }) => [group, collection]));
};
