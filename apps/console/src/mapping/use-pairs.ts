import { useQueries } from '@tanstack/react-query';
import type { Schema } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { groupsNamedQuery, preflightQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { groupBar } from './group-bar.js';
import type { ChosenCollection } from './use-chosen-collections.js';
import { PLACEHOLDER, type Wizard } from './use-wizard.js';

/** A collection with the group that it is to have. */
export interface Pair {
  readonly collection: ChosenCollection;
  /** as the pattern makes it, or as somebody typed it */
  readonly groupName: string;
  readonly group: Schema['Group'] | undefined;
  readonly loading: boolean;
  /** why it cannot be, and what to do */
  readonly barred: string | null;
}

/** Finds the group of each collection by its name, and checks it. */
export const usePairs = (
  { pattern, named, several }: Wizard,
  tenant: string | null,
  collections: readonly ChosenCollection[],
): readonly Pair[] => {
  const wanted = (several && tenant !== null ? collections : []).map((collection) => ({
    collection,
    groupName: (
      named.get(collection.collectionId) ?? pattern.replaceAll(PLACEHOLDER, collection.collectionName)
    ).trim(),
  }));
  const found = useQueries({
    queries: wanted.map(({ groupName }) => ({
      ...groupsNamedQuery(tenant ?? '', groupName),
      enabled: groupName !== '',
    })),
  });
  const only = found.map(({ data }) => (data?.length === 1 ? data[0] : undefined));
  const checks = useQueries({
    queries: wanted.map(({ collection }, at) => ({
      ...preflightQuery(tenant ?? '', only[at]?.groupId ?? '', collection),
      enabled: only[at] !== undefined,
    })),
  });
  return wanted.map(({ collection, groupName }, at) => {
    const group = checks[at]?.data;
    const error = found[at]?.error ?? checks[at]?.error;
    const twice = only.some((other, index) => index !== at && other && other.groupId === only[at]?.groupId);
    const barred = (): string | null => {
      if (groupName === '') return t('map.pair.unnamed');
      if (error) return [toProblem(error).message, toProblem(error).advice].join(' ');
      if (found[at]?.data?.length === 0) return t('map.pair.none', { group: groupName });
      if ((found[at]?.data?.length ?? 0) > 1) return t('map.pair.ambiguous', { group: groupName });
      if (twice) return t('map.pair.twice');
      return group ? groupBar(group, collection.collectionId) : null;
    };
    const why = barred();
    return { collection, groupName, group, loading: why === null && !group, barred: why };
  });
};
