import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMemo, useState, type ReactNode } from 'react';
import { answerOf, api, type Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { useMay } from '../session/use-role.js';
import { Confirm } from '../ui/confirm.js';
import { Notice } from '../ui/notice.js';
import { RouterLink } from '../ui/router-link.js';
import { Members, type Choice } from './members.js';
import { useCommand } from './use-command.js';

type Plan = Schema['Plan'];
const DECISIONS = ['approve', 'approvePart', 'reject', 'keep'] as const;
type Decision = (typeof DECISIONS)[number];

const useStyles = makeStyles({
  plan: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  facts: { color: tokens.colorNeutralForeground2 },
});

/** Leads to this plan alone. */
const linkToPlan = ({ id, collectionId, target, state }: Plan): string =>
  `/collections/${collectionId}?${new URLSearchParams({ target, tab: state === 'kept' ? 'Kept' : 'Held', plan: id })}`;

interface Props {
  readonly plan: Plan;
  readonly onWhy: (name: string) => void;
}

/** One plan: why it was made, who is held by it, and what may be decided. */
export const PlanView = ({ plan, onWhy }: Props): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const { choice, chosen, clear } = useChoice();
  const [asking, ask] = useState<Decision | null>(null);
  const { decide, isPending } = useDecision(plan.id, chosen, clear);
  const { counted, size, limit } = plan.guard;
  const state = plan.state === 'rejected' || plan.state === 'expired' || plan.state === 'kept' ? plan.state : 'open';
  const possible: Readonly<Record<Decision, boolean>> = {
    approve: true,
    approvePart: chosen.length > 0,
    reject: state === 'open',
    keep: state !== 'kept',
  };
  const words = { removals: number(plan.held), count: number(chosen.length), held: number(plan.held) };
  return (
    <div className={styles.plan}>
      <Notice intent={state === 'kept' ? 'info' : 'warning'} title={t(`plan.title.${state}`, { held: plan.held })}>
        {t(`plan.limit.${limit ?? 'maxRemovals'}`, { counted, size })}{' '}
        {plan.closedAt
          ? t(state === 'kept' ? 'plan.closed.kept' : 'plan.closed', {
              closed: fullTime(plan.closedAt),
              by: plan.closedBy ?? t('plan.nobody'),
            })
          : t('plan.text')}
      </Notice>
      <div className={styles.bar}>
        {mayAct &&
          DECISIONS.filter((decision) => possible[decision]).map((decision) => (
            <Button
              key={decision}
              appearance={decision === (chosen.length > 0 ? 'approvePart' : 'approve') ? 'primary' : 'secondary'}
              disabled={isPending}
              onClick={() => ask(decision)}
            >
              {t(`plan.${decision}`, words)}
            </Button>
          ))}
        <Text className={styles.facts}>
          {t('plan.facts', { held: fullTime(plan.heldAt), expires: fullTime(plan.expiresAt) })}
        </Text>
        <RouterLink to={linkToPlan(plan)}>{t('plan.link')}</RouterLink>
      </div>
      <Members
        target={plan.target}
        state={state === 'kept' ? 'Kept' : 'Held'}
        plan={plan.id}
        choice={mayAct ? choice : undefined}
        onWhy={onWhy}
      />
      {asking !== null && (
        <Confirm
          open
          onClose={() => ask(null)}
          onConfirm={() => decide(asking)}
          title={t(`plan.${asking}.title`, words)}
          confirm={t(`plan.${asking}`, words)}
        >
          {t(`plan.${asking === 'approvePart' ? 'approve' : asking}.text`)}
        </Confirm>
      )}
    </div>
  );
};

const useChoice = (): { choice: Choice; chosen: readonly string[]; clear: () => void } => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      choice: {
        chosen,
        toggle: (objectId) => setChosen((before) => toggled(before, objectId)),
      },
      chosen: [...chosen],
      clear: () => setChosen(new Set()),
    }),
    [chosen],
  );
};

const toggled = (before: ReadonlySet<string>, objectId: string): ReadonlySet<string> => {
  const after = new Set(before);
  if (!after.delete(objectId)) after.add(objectId);
  return after;
};

const useDecision = (id: string, objectIds: readonly string[], onSent: () => void) => {
  const { mutate, isPending } = useCommand();
  const path = { params: { path: { id } } };
  const send = (decision: Decision): Promise<Schema['Command']> => {
    if (decision === 'approvePart')
      return answerOf(api.POST('/api/v1/plans/{id}/approve-part', { ...path, body: { objectIds: [...objectIds] } }));
    if (decision === 'approve') return answerOf(api.POST('/api/v1/plans/{id}/approve', path));
    if (decision === 'reject') return answerOf(api.POST('/api/v1/plans/{id}/reject', path));
    return answerOf(api.POST('/api/v1/plans/{id}/keep', path));
  };
  const decide = (decision: Decision): void => {
    mutate({
      title: t(`plan.${decision}`, { count: number(objectIds.length) }),
      send: () => send(decision),
    });
    onSent();
  };
  return { decide, isPending };
};
