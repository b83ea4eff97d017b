import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { answerOf, api, type Schema } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { t } from '../i18n/t.js';
import { PreviewView } from '../preview/preview-view.js';
import { useMay } from '../session/use-role.js';
import { Figure, Figures } from '../ui/figure.js';
import { ProblemState } from '../ui/states.js';
import { useNotify } from '../ui/use-notify.js';
import type { FieldProblems } from './settings.js';
import { BeginPaused, SettingsFigures } from './settings-figures.js';
import { memberType, type ChosenCollection } from './use-chosen-collections.js';
import type { Wizard } from './use-wizard.js';

const useStyles = makeStyles({
  title: { margin: 0 },
  save: { display: 'flex', gap: tokens.spacingHorizontalL, alignItems: 'center', flexWrap: 'wrap' },
});

interface Props {
  readonly wizard: Wizard;
  readonly tenant: string;
  readonly collection: ChosenCollection;
  readonly group: Schema['Group'];
  /** told what is wrong with which field */
  readonly onRefused: (problems: FieldProblems) => void;
}

/** What will be saved, what the first full synchronisation would do, and the button that does it. */
export const ReviewStep = ({ wizard, tenant, collection, group, onRefused }: Props): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  const { groupId, groupName } = group;
  const target = `${tenant}/${groupId}`;
  const { collectionId, collectionName } = collection;
  const save = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/mappings', { body: mappingOf(wizard, tenant, collection, group) })),
    onError: (error) => onRefused(toProblem(error).fields),
    onSuccess: async () => {
      notify('success', t('map.saved', { collection: collectionName, group: groupName }));
      await client.invalidateQueries();
      await navigate(`/collections/${collectionId}?target=${encodeURIComponent(target)}`);
    },
  });
  const fields = save.error ? Object.keys(toProblem(save.error).fields) : [];
  const wrong = (['policy', 'schedule'] as const).find((part) => fields.some((field) => field.startsWith(part)));
  return (
    <>
      <Figures>
        <Figure label={t('map.step.collection')}>{`${collectionName} (${collectionId})`}</Figure>
        <Figure label={t('map.step.group')}>{groupName}</Figure>
        <SettingsFigures settings={wizard.settings} />
      </Figures>
      <Subtitle2 as="h3" className={styles.title}>
        {t('map.preview')}
      </Subtitle2>
      <PreviewView target={target} collection={collectionId} />
      {save.error && <ProblemState error={save.error} />}
      {wrong && <Button onClick={() => wizard.go(wrong)}>{t('map.fix', { step: t(`map.step.${wrong}`) })}</Button>}
      <div className={styles.save}>
        <Button appearance="primary" disabled={!mayAct || save.isPending} onClick={() => save.mutate()}>
          {t('map.save')}
        </Button>
        <BeginPaused wizard={wizard} />
      </div>
    </>
  );
};

/** A mapping as the API takes it. */
export const mappingOf = (
  { settings: { policy, schedule }, paused }: Wizard,
  tenantId: string,
  collection: ChosenCollection,
  { groupId, groupName }: Pick<Schema['Group'], 'groupId' | 'groupName'>,
): Schema['MappingCreate'] => ({
  tenantId,
  groupId,
  groupName,
  collectionId: collection.collectionId,
  collectionType: memberType(collection),
  policy,
  schedule,
  paused,
  preflight: 'require',
});
