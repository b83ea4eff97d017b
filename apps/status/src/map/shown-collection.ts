import type { CollectionType } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { Problem } from '../http/problem.js';
import { findCollection } from '../store/collections.js';

export interface ShownCollection {
  readonly collectionName: string;
  readonly collectionType: CollectionType;
}

/** A collection that the site has shown, if it has; refused when no group can be kept equal to it. */
export const shownCollection = async (db: Queryable, id: string): Promise<ShownCollection | undefined> => {
  const shown = await findCollection(db, id);
  if (!shown) return undefined;
  const { name: collectionName, type: collectionType } = shown;
  if (collectionType === 'other')
    throw new Problem(422, `The collection ${id} holds neither devices nor users.`, {
      advice: 'An Entra group takes devices or users. Choose a device or user collection.',
    });
  return { collectionName, collectionType };
};
