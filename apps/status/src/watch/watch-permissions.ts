import type { Log } from '@collection-sync/core';
import { costOfMissing, type MeteredGraph } from '@collection-sync/graph';
import type { Health } from '@collection-sync/platform';
import { FOR_SOMEBODY_WHO_WAITS } from '../map/preflight.js';

export interface PermissionParts {
  readonly graph: MeteredGraph;
  readonly health: Health;
  readonly log: Log;
}

/**
 * What this service could do with a permission that its application of a tenant lacks: a line of health, and of the log when it changes.
 * Nothing stops for want of it, so the part is well. A token that does not tell its permissions says nothing. The writer tells of its own
 * applications with their budgets; the resolver needs what it has or reads nothing.
 */
export const watchPermissions = async ({ graph, health, log }: PermissionParts): Promise<void> => {
  for (const tenant of graph.tenants()) {
    const part = `permissions ${tenant}`;
    const application = await graph.client(tenant, FOR_SOMEBODY_WHO_WAITS).application();
    if (!application) {
      health.remove(part);
      continue;
    }
    const detail = costOfMissing(application.roles, 'status');
    const before = health.report().parts[part]?.detail;
    health.set(part, { state: 'ok', ...(detail === undefined ? {} : { detail }) });
    if (detail !== undefined && detail !== before) log.warn({ tenant }, detail);
  }
};
