import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { plansQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { useMay } from '../session/use-role.js';
import { Confirm } from '../ui/confirm.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { Members } from './members.js';
import { useCommand } from './use-command.js';

type Plan = Schema['Plan'];

const useStyles = makeStyles({
  plan: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  facts: { color: tokens.colorNeutralForeground2 },
  message: { flexShrink: 0 },
});

interface Props {
  readonly target: string;
  readonly onWhy: (name: string) => void;
}

/** Removals that the guard stopped, to be looked at and then approved or rejected. */
export const HeldPlans = ({ target, onWhy }: Props): ReactNode => {
  const { tenant, group } = splitTarget(target);
  const { data, error, refetch } = useQuery(plansQuery({ tenantId: tenant, groupId: group, holding: 'true' }));
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('tab.Held')} />;
  if (data.items.length === 0) return <EmptyState title={t('members.none.Held')} hint={t('members.none.Held.hint')} />;
  return data.items.map((plan) => <PlanView key={plan.id} plan={plan} onWhy={onWhy} />);
};

const PlanView = ({ plan, onWhy }: { readonly plan: Plan; readonly onWhy: (name: string) => void }): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const command = useCommand();
  const [asking, setAsking] = useState<'approve' | 'reject' | null>(null);
  const decide = (decision: 'approve' | 'reject'): void =>
    command.mutate({
      title: t(`plan.${decision}`),
      send: () => {
        const path = { params: { path: { id: plan.id } } };
        return answerOf(
          decision === 'approve'
            ? api.POST('/api/v1/plans/{id}/approve', path)
            : api.POST('/api/v1/plans/{id}/reject', path),
        );
      },
    });
  const { counted, size, limit } = plan.guard;
  const close = (): void => setAsking(null);
  return (
    <div className={styles.plan}>
      <MessageBar intent="warning" layout="multiline" className={styles.message}>
        <MessageBarBody>
          <MessageBarTitle>
            {t(`plan.title.${plan.state === 'rejected' || plan.state === 'expired' ? plan.state : 'open'}`, {
              held: plan.held,
            })}
          </MessageBarTitle>
          {t(`plan.limit.${limit ?? 'maxRemovals'}`, { counted, size })}{' '}
          {plan.closedAt
            ? t('plan.closed', { closed: fullTime(plan.closedAt), by: plan.closedBy ?? t('plan.nobody') })
            : t('plan.text')}
        </MessageBarBody>
      </MessageBar>
      <div className={styles.bar}>
        {mayAct && (
          <>
            <Button appearance="primary" disabled={command.isPending} onClick={() => setAsking('approve')}>
              {t('plan.approve')}
            </Button>
            {plan.state === 'open' && (
              <Button disabled={command.isPending} onClick={() => setAsking('reject')}>
                {t('plan.reject')}
              </Button>
            )}
          </>
        )}
        <Text className={styles.facts}>
          {t('plan.facts', { held: fullTime(plan.heldAt), expires: fullTime(plan.expiresAt) })}
        </Text>
      </div>
      <Members target={plan.target} state="Held" plan={plan.id} onWhy={onWhy} />
      <Confirm
        open={asking === 'approve'}
        onClose={close}
        onConfirm={() => decide('approve')}
        title={t('plan.approve.title', { removals: number(plan.held) })}
        confirm={t('plan.approve')}
      >
        {t('plan.approve.text')}
      </Confirm>
      <Confirm
        open={asking === 'reject'}
        onClose={close}
        onConfirm={() => decide('reject')}
        title={t('plan.reject.title', { removals: number(plan.held) })}
        confirm={t('plan.reject')}
      >
        {t('plan.reject.text')}
      </Confirm>
    </div>
  );
};
