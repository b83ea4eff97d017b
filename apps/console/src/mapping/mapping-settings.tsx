import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { mappingQuery } from '../api/queries.js';
import { changesOf } from '../audit/changes.js';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { useMay } from '../session/use-role.js';
import { Notice } from '../ui/notice.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { useNotify } from '../ui/use-notify.js';
import { PolicyFields } from './policy-fields.js';
import { ScheduleFields } from './schedule-fields.js';
import { problemsOf } from './settings.js';
import { useDraft, type Draft } from './use-draft.js';

type Mapping = Schema['Mapping'];

const useStyles = makeStyles({
  title: { margin: 0 },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, alignItems: 'stretch' },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** Policy and schedule of a mapping, to be looked at and changed. */
export const MappingSettings = ({ target }: { readonly target: string }): ReactNode => {
  const { data, error, refetch } = useQuery(mappingQuery(target));
  if (error && !data) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('tab.settings')} />;
  return <SettingsForm key={target} mapping={data} />;
};

const SettingsForm = ({ mapping }: { readonly mapping: Mapping }): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const { draft, dirty, change, reset, rebase } = useDraft(mapping);
  const save = useSave(reset);
  const local = problemsOf(draft);
  const problems = { ...(save.error && toProblem(save.error).fields), ...local };
  const edit: typeof change = (changes) => {
    save.reset();
    change(changes);
  };
  const conflict = dirty && mapping.version > draft.base.version;
  const refused = save.error !== null && toProblem(save.error).status !== 412;
  return (
    <div className={styles.form}>
      {conflict && (
        <Conflict draft={draft} now={mapping} onTake={() => reset(mapping)} onKeep={() => rebase(mapping)} />
      )}
      <Subtitle2 as="h3" className={styles.title}>
        {t('policy.title')}
      </Subtitle2>
      <PolicyFields policy={draft.policy} problems={problems} onChange={(policy) => edit({ policy })} />
      <Subtitle2 as="h3" className={styles.title}>
        {t('schedule.title')}
      </Subtitle2>
      <ScheduleFields schedule={draft.schedule} problems={problems} onChange={(schedule) => edit({ schedule })} />
      {refused && <ProblemState error={save.error} />}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          disabled={!mayAct || !dirty || conflict || Object.keys(local).length > 0 || save.isPending}
          onClick={() => save.mutate(draft)}
        >
          {t('settings.save')}
        </Button>
        {dirty && <Button onClick={() => reset(mapping)}>{t('settings.discard')}</Button>}
        {dirty && <Text role="status">{t('settings.unsaved')}</Text>}
      </div>
    </div>
  );
};

interface ConflictProps {
  readonly draft: Draft;
  readonly now: Mapping;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}

/** Somebody else has saved meanwhile: who, and what; what was typed here is still here. */
const Conflict = ({ draft, now, onTake, onKeep }: ConflictProps): ReactNode => {
  const { policy, schedule, state } = now;
  const { base } = draft;
  const changes = changesOf({
    before: { policy: base.policy, schedule: base.schedule, state: base.state },
    after: { policy, schedule, state },
  });
  return (
    <Notice
      intent="warning"
      title={t('settings.conflict', { by: now.changedBy, at: fullTime(now.changedAt) })}
      actions={
        <>
          <Button onClick={onTake}>{t('settings.conflict.take')}</Button>
          <Button onClick={onKeep}>{t('settings.conflict.keep')}</Button>
        </>
      }
    >
      {changes.map(({ label, before, after }) => (
        <div key={label}>{`${label}: ${before ?? '–'} → ${after ?? '–'}`}</div>
      ))}
      {t('settings.conflict.text')}
    </Notice>
  );
};

const useSave = (onSaved: (mapping: Mapping) => void) => {
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ base, policy, schedule }: Draft) =>
      answerOf(
        api.PATCH('/api/v1/mappings/{tenant}/{group}', {
          params: { path: splitTarget(base.target), header: { 'If-Match': `"${base.version}"` } },
          body: { policy, schedule },
        }),
      ),
    onSuccess: (saved) => {
      notify('success', t('settings.saved'));
      client.setQueryData(mappingQuery(saved.target).queryKey, saved);
      onSaved(saved);
    },
    // what somebody else has changed comes with it
    onError: () => client.invalidateQueries({ queryKey: ['mapping'] }),
  });
};
