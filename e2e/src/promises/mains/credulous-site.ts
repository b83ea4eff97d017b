import type { MembershipSource } from '@collection-sync/core';

/** Safeguard left out: whatever the site shows is all there is, since its stated count is replaced by what was seen. */
export const credulous = (site: MembershipSource): MembershipSource => {
  const seen = new Map<string, number>();
  return {
    kind: site.kind,
    address: site.address,
    isCollectionId: (id) => site.isCollectionId(id),
    name: (signal) => site.name(signal),
    collections: (signal) => site.collections(signal),
    collection: async (id, signal) => {
      const found = await site.collection(id, signal);
      return found && { ...found, evaluating: false, count: seen.get(id) ?? found.count };
    },
    members: async function* (id, signal) {
      const distinct = new Set<number>();
      try {
        for await (const page of site.members(id, signal)) {
          for (const { resource } of page.items) distinct.add(resource);
          yield { ...page, leftOut: 0, ordered: true };
        }
      } finally {
        seen.set(id, distinct.size);
      }
    },
    isMember: (id, resource, signal) => site.isMember(id, resource, signal),
    resources: (kind, ids, signal) => site.resources(kind, ids, signal),
    find: (kind, named, collection, signal) => site.find(kind, named, collection, signal),
    allResources: (kind, signal, from) => site.allResources(kind, signal, from),
    relations: (signal) => site.relations(signal),
  };
};
