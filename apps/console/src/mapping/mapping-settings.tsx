import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { mappingQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { useMay } from '../session/use-role.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { useNotify, useNotifyProblem } from '../ui/use-notify.js';
import { PolicyFields } from './policy-fields.js';
import { ScheduleFields } from './schedule-fields.js';

const useStyles = makeStyles({
  title: { margin: 0 },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, alignItems: 'stretch' },
  save: { alignSelf: 'flex-start' },
});

/** Policy and schedule of a mapping, to be looked at and changed. */
export const MappingSettings = ({ target }: { readonly target: string }): ReactNode => {
  const { data, error, refetch } = useQuery(mappingQuery(target));
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('tab.settings')} />;
  return <SettingsForm key={data.version} mapping={data} />;
};

const SettingsForm = ({ mapping }: { readonly mapping: Schema['Mapping'] }): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const [policy, setPolicy] = useState(mapping.policy);
  const [schedule, setSchedule] = useState(mapping.schedule);
  const notify = useNotify();
  const onError = useNotifyProblem();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      answerOf(
        api.PATCH('/api/v1/mappings/{tenant}/{group}', {
          params: { path: splitTarget(mapping.target) },
          body: { policy, schedule },
        }),
      ),
    onSuccess: () => {
      notify('success', t('settings.saved'));
      void client.invalidateQueries({ queryKey: ['mapping'] });
    },
    onError,
  });
  const changed = policy !== mapping.policy || schedule !== mapping.schedule;
  return (
    <div className={styles.form}>
      <Subtitle2 as="h3" className={styles.title}>
        {t('policy.title')}
      </Subtitle2>
      <PolicyFields policy={policy} onChange={setPolicy} />
      <Subtitle2 as="h3" className={styles.title}>
        {t('schedule.title')}
      </Subtitle2>
      <ScheduleFields schedule={schedule} onChange={setSchedule} />
      <Button
        className={styles.save}
        appearance="primary"
        disabled={!mayAct || !changed || save.isPending}
        onClick={() => save.mutate()}
      >
        {t('settings.save')}
      </Button>
    </div>
  );
};
