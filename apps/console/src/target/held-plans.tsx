import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { splitTarget } from '../api/client.js';
import { planQuery, plansQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { Notice } from '../ui/notice.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { useAddress } from '../ui/use-address.js';
import { PlanView } from './plan-view.js';

interface Props {
  readonly target: string;
  /** those that an operator keeps as unmanaged, instead of those that wait or were rejected */
  readonly kept: boolean;
  readonly onWhy: (name: string) => void;
}

/** Removals that the guard stopped, to be looked at and decided on: all, or the plan that the address names. */
export const HeldPlans = ({ target, kept, onWhy }: Props): ReactNode => {
  const tab = kept ? 'Kept' : 'Held';
  const { tenant, group } = splitTarget(target);
  const { params, change } = useAddress();
  const asked = params.get('plan');
  const { data, error, refetch } = useQuery(plansQuery({ tenantId: tenant, groupId: group, holding: 'true' }));
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t(`tab.${tab}`)} />;
  const all = data.items.filter(({ state }) => (state === 'kept') === kept);
  const named = all.filter(({ id }) => id === asked);
  const shown = named.length > 0 ? named : all;
  return (
    <>
      {asked !== null && named.length === 0 && <Decided id={asked} />}
      {shown.length === 0 && <EmptyState title={t(`members.none.${tab}`)} hint={t(`members.none.${tab}.hint`)} />}
      {shown.map((plan) => (
        <PlanView key={plan.id} plan={plan} onWhy={onWhy} />
      ))}
      {shown.length < all.length && (
        <Button style={{ alignSelf: 'flex-start' }} onClick={() => change({ plan: null })}>
          {t('plan.all', { count: all.length })}
        </Button>
      )}
    </>
  );
};

/** A link may be older than the decision. */
const Decided = ({ id }: { readonly id: string }): ReactNode => {
  const { data, error } = useQuery(planQuery(id));
  if (error) return <ProblemState error={error} />;
  if (!data) return null;
  const { state, closedAt, closedBy } = data;
  return (
    <Notice intent="info" title={t('plan.gone')}>
      {closedAt
        ? t('plan.gone.by', {
            state: t(`plan.state.${state}`),
            at: fullTime(closedAt),
            by: closedBy ?? t('plan.nobody'),
          })
        : t('plan.gone.state', { state: t(`plan.state.${state}`) })}
    </Notice>
  );
};
