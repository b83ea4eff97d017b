import { Button, Checkbox, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { answerOf, api } from '../api/client.js';
import { t } from '../i18n/t.js';
import { duration } from '../i18n/time.js';
import { PreviewView } from '../preview/preview-view.js';
import { useMay } from '../session/use-role.js';
import { Figure, Figures } from '../ui/figure.js';
import { ProblemState } from '../ui/states.js';
import { useNotify } from '../ui/use-notify.js';
import type { ChosenCollection } from './collection-step.js';
import type { ChosenGroup } from './group-step.js';
import { Preflight } from './preflight.js';
import type { Policy, Schedule } from './settings.js';

const useStyles = makeStyles({
  title: { margin: 0 },
  save: { display: 'flex', gap: tokens.spacingHorizontalL, alignItems: 'center', flexWrap: 'wrap' },
});

interface Props {
  readonly collection: ChosenCollection;
  readonly group: ChosenGroup;
  readonly policy: Policy;
  readonly schedule: Schedule;
}

const scheduleText = (schedule: Schedule): string =>
  schedule.kind === 'interval'
    ? t('schedule.every', { time: duration(schedule.seconds) })
    : schedule.kind === 'cron'
      ? `${schedule.expression} (${schedule.timeZone})`
      : t('schedule.manual');

/** What will be saved, what the first full synchronisation would do, and the button that does it. */
export const ReviewStep = ({ collection, group, policy, schedule }: Props): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  const [paused, setPaused] = useState(false);
  const { tenantId, groupId, groupName } = group;
  const target = `${tenantId}/${groupId}`;
  const { collectionId, collectionName } = collection;
  const type = collection.collectionType === 'Device' ? 'device' : 'user';
  const save = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/mappings', {
          body: {
            tenantId,
            groupId,
            groupName,
            collectionId,
            collectionType: type,
            policy,
            schedule,
            paused,
            preflight: 'require',
          },
        }),
      ),
    onSuccess: async () => {
      notify('success', t('map.saved', { collection: collectionName, group: groupName }));
      await client.invalidateQueries();
      await navigate(`/collections/${collectionId}?target=${encodeURIComponent(target)}`);
    },
  });
  return (
    <>
      <Figures>
        <Figure label={t('map.step.collection')}>{`${collectionName} (${collectionId})`}</Figure>
        <Figure label={t('map.step.group')}>{groupName}</Figure>
        <Figure label={t('policy.title')}>
          {t('policy.short', {
            maxRemovals: policy.guard.maxRemovals,
            maxShare: Math.round(policy.guard.maxShare * 100),
          })}
        </Figure>
        <Figure label={t('schedule.title')}>{scheduleText(schedule)}</Figure>
      </Figures>
      <Preflight group={group} type={type} />
      <Subtitle2 as="h3" className={styles.title}>
        {t('map.preview')}
      </Subtitle2>
      <PreviewView target={target} collection={collectionId} />
      {save.error && <ProblemState error={save.error} />}
      <div className={styles.save}>
        <Button appearance="primary" disabled={!mayAct || save.isPending} onClick={() => save.mutate()}>
          {t('map.save')}
        </Button>
        <Checkbox label={t('map.paused')} checked={paused} onChange={(_, { checked }) => setPaused(checked === true)} />
      </div>
    </>
  );
};
