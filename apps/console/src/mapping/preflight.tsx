import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { preflightQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { Notice } from '../ui/notice.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { groupBar } from './group-bar.js';
import { type ChosenCollection } from './use-chosen-collections.js';

/** What is to be known of a group before a collection is synchronised to it. */
export const useGroupCheck = (
  tenant: string | null,
  group: string | null,
  collection: ChosenCollection | undefined,
) => {
  const known = tenant !== null && group !== null && collection !== undefined;
  const { data, error, isFetching, refetch } = useQuery({
    ...preflightQuery(tenant ?? '', group ?? '', collection),
    enabled: known,
  });
  const barred = data && collection ? groupBar(data, collection.collectionId) : null;
  return {
    group: data,
    error,
    loading: known && !data && isFetching,
    refetch,
    barred,
    ready: data !== undefined && error === null && barred === null,
  };
};

/** May the group be synchronised, and what is to be fixed first. */
export const Preflight = ({ check }: { readonly check: ReturnType<typeof useGroupCheck> }): ReactNode => {
  const { group, error, refetch, barred } = check;
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!group) return <LoadingState label={t('preflight')} />;
  const intent = barred !== null ? 'error' : group.warnings.length > 0 ? 'warning' : 'success';
  return (
    <Notice intent={intent} title={t(`preflight.${intent}`, { group: group.groupName })}>
      {barred}
      {group.warnings.map(({ code, message }) => (
        <div key={code}>{message}</div>
      ))}
    </Notice>
  );
};
