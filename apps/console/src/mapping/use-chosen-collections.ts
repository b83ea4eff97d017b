import { useQueries } from '@tanstack/react-query';
import type { Schema } from '../api/client.js';
import { collectionQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';

export type ChosenCollection = Pick<
  Schema['Collection'],
  'collectionId' | 'collectionName' | 'collectionType' | 'memberCount'
>;

/** Most collections that are mapped at once. */
export const MOST_AT_ONCE = 50;

/** Why a collection cannot be synchronised; nothing when it can. */
export const collectionBar = (type: string, state: string | null): string | null => {
  if (type === 'Other') return t('collection.other');
  return state === 'missing' ? t('collection.missing') : null;
};

/** The collections that the address names, as the site has them. */
export const useChosenCollections = (ids: readonly string[]) => {
  const answers = useQueries({ queries: ids.slice(0, MOST_AT_ONCE).map((id) => collectionQuery(id)) });
  const found = answers.flatMap(({ data }) => (data ? [data] : []));
  const barred = found.flatMap(({ collectionName, collectionType, state }) => {
    const why = collectionBar(collectionType, state);
    return why === null ? [] : [`${collectionName}: ${why}`];
  });
  return {
    chosen: found as readonly ChosenCollection[],
    loading: answers.some(({ isPending }) => isPending),
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    barred,
    ready: found.length > 0 && found.length === answers.length && barred.length === 0,
  };
};

export const memberType = ({ collectionType }: ChosenCollection): 'device' | 'user' =>
  collectionType === 'Device' ? 'device' : 'user';
