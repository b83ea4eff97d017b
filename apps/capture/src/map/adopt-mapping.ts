import type { Mapping } from '@collection-sync/core';
import type { CaptureContext } from '../context.js';
import { requestRead } from '../store/collections.js';
import { ensureCollection, knownMappingVersion, saveMapping } from '../store/targets.js';

/** Keeps a mapping; a new, changed or resumed one is read at once. A late older one changes nothing. */
export const adoptMapping = async ({ database, wake }: CaptureContext, mapping: Mapping): Promise<void> => {
  if ((await knownMappingVersion(database, mapping.target)) >= mapping.version) return;
  const { collection, collectionType, state } = mapping;
  await database.transaction(async (tx) => {
    if (state !== 'active') await ensureCollection(tx, collection, collectionType);
    await saveMapping(tx, mapping, state === 'active' ? await requestRead(tx, collection, collectionType) : 0);
  });
  wake();
};
