import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { answerOf, api, type Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { NO_PREVIEW, PreviewDrawer } from '../preview/preview-drawer.js';
import { useMay } from '../session/use-role.js';
import { Figures } from '../ui/figure.js';
import { RouterLink } from '../ui/router-link.js';
import { ProblemState } from '../ui/states.js';
import { useNotify } from '../ui/use-notify.js';
import { PairTable, Verdict } from './pair-table.js';
import { mappingOf } from './review-step.js';
import { BeginPaused, SettingsFigures } from './settings-figures.js';
import type { Pair } from './use-pairs.js';
import type { Wizard } from './use-wizard.js';

type Result = Schema['MappingBatchResult']['results'][number];

const useStyles = makeStyles({
  save: { display: 'flex', gap: tokens.spacingHorizontalL, alignItems: 'center', flexWrap: 'wrap' },
});

interface Props {
  readonly wizard: Wizard;
  readonly tenant: string;
  readonly pairs: readonly Pair[];
}

/** What will be saved for several collections, and afterwards what became of each. */
export const ReviewPairs = ({ wizard, tenant, pairs }: Props): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const save = useSave(wizard, tenant);
  const results = save.data ?? [];
  const resultOf = ({ group }: Pair): Result | undefined =>
    results.find(({ target }) => target === `${tenant}/${group?.groupId ?? ''}`);
  const open = pairs.filter((pair) => !resultOf(pair)?.mapping);
  const previewed = pairs.find(({ collection }) => collection.collectionId === wizard.preview);
  return (
    <>
      <Figures>
        <SettingsFigures settings={wizard.settings} />
      </Figures>
      <PairTable
        pairs={pairs}
        nameOf={({ collection, groupName, group }) =>
          group && (
            <Button
              appearance="subtle"
              size="small"
              aria-label={t('map.pair.preview', { group: groupName })}
              onClick={() => wizard.change({ preview: collection.collectionId })}
            >
              {t('map.pair.preview', { group: groupName })}
            </Button>
          )
        }
        verdictOf={(pair) => <Outcome pair={pair} result={resultOf(pair)} />}
      />
      {save.error && <ProblemState error={save.error} />}
      <div className={styles.save}>
        <Button
          appearance="primary"
          disabled={!mayAct || save.isPending || open.length === 0}
          onClick={() => save.mutate(open)}
        >
          {t('map.saveAll', { count: open.length })}
        </Button>
        <BeginPaused wizard={wizard} />
      </div>
      {previewed?.group && (
        <PreviewDrawer
          target={`${tenant}/${previewed.group.groupId}`}
          collection={previewed.collection.collectionId}
          group={previewed.groupName}
          onClose={() => wizard.change(NO_PREVIEW)}
        />
      )}
    </>
  );
};

const Outcome = ({ pair, result }: { readonly pair: Pair; readonly result: Result | undefined }): ReactNode => {
  if (result?.problem) return [result.problem.detail ?? result.problem.title, result.problem.advice].join(' ');
  if (!result) return <Verdict pair={pair} />;
  const { collectionId } = pair.collection;
  return (
    <RouterLink to={`/collections/${collectionId}?target=${encodeURIComponent(result.target)}`}>
      {t('map.pair.done')}
    </RouterLink>
  );
};

const useSave = (wizard: Wizard, tenant: string) => {
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (pairs: readonly Pair[]): Promise<Result[]> => {
      const mappings = pairs.flatMap(({ collection, group }) =>
        group ? [mappingOf(wizard, tenant, collection, group)] : [],
      );
      return (await answerOf(api.POST('/api/v1/mappings/batch', { body: { mappings } }))).results;
    },
    onSuccess: async (results) => {
      const refused = results.filter(({ problem }) => problem).length;
      if (refused > 0) notify('warning', t('map.refused', { count: refused }));
      else notify('success', t('map.savedAll', { count: results.length }));
      await client.invalidateQueries({ queryKey: ['collections'] });
      if (refused === 0) await navigate('/collections');
    },
  });
};
