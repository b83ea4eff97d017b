import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { splitTarget } from '../api/client.js';
import { plansQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { PlanView } from './plan-view.js';

interface Props {
  readonly target: string;
  /** those that an operator keeps as unmanaged, instead of those that wait or were rejected */
  readonly kept: boolean;
  readonly onWhy: (name: string) => void;
}

/** Removals that the guard stopped, to be looked at and decided on. */
export const HeldPlans = ({ target, kept, onWhy }: Props): ReactNode => {
  const tab = kept ? 'Kept' : 'Held';
  const { tenant, group } = splitTarget(target);
  const { data, error, refetch } = useQuery(plansQuery({ tenantId: tenant, groupId: group, holding: 'true' }));
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t(`tab.${tab}`)} />;
  const shown = data.items.filter(({ state }) => (state === 'kept') === kept);
  if (shown.length === 0) return <EmptyState title={t(`members.none.${tab}`)} hint={t(`members.none.${tab}.hint`)} />;
  return shown.map((plan) => <PlanView key={plan.id} plan={plan} onWhy={onWhy} />);
};
