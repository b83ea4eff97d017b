import type { Log } from '@collection-sync/core';
import { unmetNeeds, type MeteredGraph } from '@collection-sync/graph';
import type { Health } from '@collection-sync/platform';
import { FOR_SOMEBODY_WHO_WAITS, onlyReads } from '../map/preflight.js';

export interface PermissionParts {
  readonly graph: MeteredGraph;
  readonly health: Health;
  readonly log: Log;
}

/**
 * What each tenant's application could do with a permission that it lacks: a line of health, and of the log when it changes. Nothing stops
 * for want of it, so the part is well. A token that does not tell its permissions says nothing.
 */
export const watchPermissions = async ({ graph, health, log }: PermissionParts): Promise<void> => {
  for (const tenant of graph.tenants()) {
    const part = `permissions ${tenant}`;
    const application = await graph.client(tenant, FOR_SOMEBODY_WHO_WAITS).application();
    if (!application) {
      health.remove(part);
      continue;
    }
    const detail = costOfMissing(application.roles, onlyReads(application));
    const before = health.report().parts[part]?.detail;
    health.set(part, { state: 'ok', ...(detail === undefined ? {} : { detail }) });
    if (detail !== undefined && detail !== before) log.warn({ tenant }, detail);
  }
};

/** Each permission once. An application that only reads is not the one that writes, and says nothing of that one. */
const costOfMissing = (roles: readonly string[], readsOnly: boolean): string | undefined => {
  const costs = unmetNeeds(roles).flatMap(({ service, any: [least], without }) =>
    without === undefined || (readsOnly && service === 'writer') ? [] : [{ least, without }],
  );
  const sentences = [...Map.groupBy(costs, ({ least }) => least)].map(
    ([least, of]) => `Without ${least}, ${of.map(({ without }) => without).join('; ')}.`,
  );
  return sentences.length === 0 ? undefined : sentences.join(' ');
};
