import type { ServingFailure } from '@collection-sync/core';
import type { Problem } from './overview.js';

export const COLLECTION_STATES = ['ok', 'incomplete', 'missing', 'failing'] as const;
export type CollectionStateWord = (typeof COLLECTION_STATES)[number];

type Listed = 'ok' | 'incomplete' | 'missing';

export interface CollectionStanding<S extends Listed | null = Listed | null> {
  readonly state: S;
  readonly failure: ServingFailure | null;
  /** what has taken the name of a collection that is missing */
  readonly successors: readonly string[];
}

export const collectionStateOf = <S extends Listed | null>({ state, failure }: CollectionStanding<S>): S | 'failing' =>
  failure && state !== 'missing' ? 'failing' : state;

/** What keeps everything that depends on a collection as it is. */
export const collectionProblem = (collection: CollectionStanding): Problem | null => {
  const { failure, successors } = collection;
  if (collectionStateOf(collection) === 'missing') return missing(successors);
  return failure && { code: failure.code, message: failure.message, advice: failure.advice, at: failure.since };
};

const missing = (successors: readonly string[]): Problem => ({
  code: 'CollectionMissing',
  message:
    successors.length === 0
      ? 'The site does not show the collection any more. Nobody is removed.'
      : `The site does not show the collection any more; ${successors.join(', ')} has its name. Nobody is removed.`,
  advice:
    successors.length === 0
      ? 'Delete the mapping if the collection is gone for good, or map another collection to the group.'
      : `Map ${successors.join(' or ')} to the group: the mapping then goes over to it.`,
});
