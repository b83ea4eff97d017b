/** Parts in one `$batch`: https://learn.microsoft.com/graph/json-batching */
export const BATCH_PARTS = 20;
/** Members in one PATCH of `members@odata.bind`: https://learn.microsoft.com/graph/api/group-post-members */
export const BINDS_PER_PATCH = 20;
/**
 * PATCHes of one group in flight: the most that did not make Graph answer 503 in Microsoft's own group sync
 * (microsoftgraph/group-membership-management, GraphGroupMembershipUpdater.cs).
 */
export const PATCHES_PER_BATCH = 5;

/** One part of a batch: adds are bound together, removals and single adds stand alone. */
export type Operation =
  | { readonly kind: 'patch'; readonly objects: readonly string[] }
  | { readonly kind: 'post'; readonly objects: readonly [string] }
  | { readonly kind: 'delete'; readonly objects: readonly [string] };

/**
 * Takes the next batch for one group: as many PATCHes as allowed, then removals. What does not fit stays for the next one. Adds go
 * first in a batch, but removals fill every part that PATCHes may not use, so neither starves the other.
 */
export const nextBatch = (adds: readonly string[], removes: readonly string[]): Operation[] => {
  const operations: Operation[] = [];
  for (let at = 0; at < adds.length && operations.length < PATCHES_PER_BATCH; at += BINDS_PER_PATCH) {
    operations.push({ kind: 'patch', objects: adds.slice(at, at + BINDS_PER_PATCH) });
  }
  for (const object of removes.slice(0, BATCH_PARTS - operations.length))
    operations.push({ kind: 'delete', objects: [object] });
  return operations;
};

/** How many adds and removals `nextBatch` can use at most. */
export const BATCH_ADDS = PATCHES_PER_BATCH * BINDS_PER_PATCH;
export const BATCH_REMOVES = BATCH_PARTS;

/** Halves a refused PATCH; a single bind becomes a POST, whose answer names its own reason. */
export const split = (objects: readonly string[]): Operation[] => {
  if (objects.length <= 2) return objects.map((object) => ({ kind: 'post', objects: [object] }));
  const middle = Math.ceil(objects.length / 2);
  return [
    { kind: 'patch', objects: objects.slice(0, middle) },
    { kind: 'patch', objects: objects.slice(middle) },
  ];
};
