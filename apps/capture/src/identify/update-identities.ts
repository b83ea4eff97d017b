import { slicesOf, type CollectionType, type SourceResource } from '@collection-sync/core';
import type { CaptureContext } from '../context.js';
import { holdIdentities, saveIdentities, saveWithoutIdentity, stampMembers } from '../store/resources.js';

/** Resources in one transaction: it holds up commits of reads. */
const AT_ONCE = 1_000;

/** Keeps what the source says of resources; members whose identity changed go out again with the next delta. Returns how many rows. */
export const updateIdentities = async (
  { database, wake }: CaptureContext,
  kind: CollectionType,
  resources: readonly SourceResource[],
): Promise<number> => {
  let stamped = 0;
  for (const some of slicesOf(resources, AT_ONCE)) {
    stamped += await database.transaction(async (tx) => {
      await holdIdentities(tx);
      return stampMembers(tx, await saveIdentities(tx, kind, some));
    });
  }
  if (stamped > 0) wake();
  return stamped;
};

export const markNotShown = async (
  { database }: CaptureContext,
  kind: CollectionType,
  ids: readonly number[],
): Promise<void> => {
  for (const some of slicesOf(ids, AT_ONCE)) await database.transaction((tx) => saveWithoutIdentity(tx, kind, some));
};
