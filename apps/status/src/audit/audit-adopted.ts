import type { Mapping } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { insertAudit } from '../store/audit.js';

/** A newer record of the topic replaces what is here: the log says so, and that nobody signed in for it. */
export const auditAdopted = async (
  tx: Queryable,
  mappings: readonly Mapping[],
  targets: ReadonlySet<string>,
): Promise<void> => {
  const newest = new Map<string, Mapping>();
  for (const mapping of mappings) {
    if ((newest.get(mapping.target)?.version ?? -1) < mapping.version) newest.set(mapping.target, mapping);
  }
  for (const [target, mapping] of newest) {
    if (!targets.has(target)) continue;
    const actor = { name: mapping.changedBy, issuer: 'topic', subject: mapping.changedBy };
    await insertAudit(
      tx,
      { ...actor, role: 'Event', objectId: null, client: null, address: null },
      { action: 'mapping.adopt', subject: target, detail: { collection: mapping.collection }, after: mapping },
    );
  }
};
