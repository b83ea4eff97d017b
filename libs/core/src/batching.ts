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

/** What one batch can use of each kind at most. */
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
