import type { CaptureContext } from '../context.js';
import { markForRefresh, stampMembers, takeIdentityChanges } from '../store/resources.js';

const AT_ONCE = 1_000;

/** Members whose directory object changed go out again with the next delta: no read of the source is needed. True when there may be more. */
export const stampChangedIdentities = async ({ database, log, wake }: CaptureContext): Promise<boolean> => {
  const { taken, stamped } = await database.transaction(async (tx) => {
    const { taken, resources } = await takeIdentityChanges(tx, AT_ONCE);
    const byTenant = new Map<string, number[]>();
    for (const { tenant, resource } of resources) byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), resource]);
    let stamped = 0;
    for (const [tenant, ids] of byTenant) stamped += await stampMembers(tx, ids, tenant);
    await markForRefresh(tx, resources);
    return { taken, stamped };
  });
  if (stamped > 0) {
    log.info({ changes: taken, stamped }, 'members go out again, since their directory objects changed');
    wake();
  }
  return taken === AT_ONCE;
};
