import type { Queryable } from '@collection-sync/postgres';

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

export const disabledTenants = async (on: Queryable): Promise<Set<string>> => {
  const rows = await on.query<{ tenant: string }>('select tenant from tenant where not enabled');
  return new Set(rows.map(({ tenant }) => tenant));
};
