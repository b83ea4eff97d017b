import {
  Button,
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { Alerts } from '../alerts/alerts.js';
import { answerOf, api, type Schema } from '../api/client.js';
import { relationsQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { NO_PREVIEW, PreviewDrawer } from '../preview/preview-drawer.js';
import { useMay } from '../session/use-role.js';
import { Page } from '../ui/page.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { DataTable } from '../ui/table.js';
import { useAddress } from '../ui/use-address.js';
import { useNotify, useNotifyProblem } from '../ui/use-notify.js';
import { EndInProduct } from './end-in-product.js';
import { relationColumns, type Relation } from './relation-columns.js';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  notice: { flexShrink: 0 },
});

/** Relations that Configuration Manager's own cloud sync keeps, to be taken over one by one or all at once. */
export const TakeOverPage = (): ReactNode => {
  const styles = useStyles();
  const mayAct = useMay('Operator');
  const { data, error, refetch } = useQuery(relationsQuery);
  const [paused, setPaused] = useState(true);
  const { params, change } = useAddress();
  const takeOver = useTakeOver(paused);
  const { mutate, isPending } = takeOver;
  const columns = useMemo(
    () =>
      relationColumns({
        mayAct: mayAct && !isPending,
        onPreview: ({ collectionId, groupId }) => change({ preview: `${collectionId} ${groupId}` }),
        onTakeOver: (relation) => mutate([relation]),
      }),
    [mayAct, isPending, mutate, change],
  );
  const previewed = data?.items.find(
    ({ collectionId, groupId }) => `${collectionId} ${groupId}` === params.get('preview'),
  );
  const open = data?.items.filter(({ state }) => state === 'open') ?? [];
  return (
    <Page title={t('nav.takeOver')} lead={t('takeOver.lead')} alerts={<Alerts />}>
      <MessageBar intent="info" layout="multiline" className={styles.notice}>
        <MessageBarBody>
          <MessageBarTitle>{t('takeOver.both')}</MessageBarTitle>
          {t('takeOver.both.text')}
        </MessageBarBody>
      </MessageBar>
      {error && !data && <ProblemState error={error} retry={refetch} />}
      {!data && !error && <LoadingState label={t('nav.takeOver')} />}
      {data && (
        <>
          <div className={styles.bar}>
            <Button
              appearance="primary"
              disabled={!mayAct || isPending || open.length === 0}
              onClick={() => mutate(open)}
            >
              {t('takeOver.all', { count: open.length })}
            </Button>
            <Checkbox
              label={t('takeOver.paused')}
              checked={paused}
              onChange={(_, { checked }) => setPaused(checked === true)}
            />
          </div>
          <DataTable
            label={t('takeOver.relations')}
            columns={columns}
            rows={data.items}
            rowKey={({ collectionId, groupId }) => `${collectionId} ${groupId}`}
            rowHeight={44}
            empty={<EmptyState title={t('takeOver.none')} hint={t('takeOver.none.hint')} />}
          />
        </>
      )}
      {data && <EndInProduct relations={data.items.filter(({ state }) => state === 'taken over')} />}
      {previewed?.tenantId && (
        <PreviewDrawer
          target={`${previewed.tenantId}/${previewed.groupId}`}
          collection={previewed.collectionId}
          group={previewed.groupName}
          onClose={() => change(NO_PREVIEW)}
        />
      )}
    </Page>
  );
};

const useTakeOver = (paused: boolean) => {
  const notify = useNotify();
  const onError = useNotifyProblem();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (relations: readonly Relation[]) =>
      answerOf(
        api.POST('/api/v1/migration/take-over', {
          body: {
            paused,
            relations: relations.map(({ collectionId, groupId, tenantId }) => ({
              collectionId,
              groupId,
              ...(tenantId && { tenantId }),
            })),
          },
        }),
      ),
    onSuccess: ({ results }) => {
      notifyOf(results, notify);
      void client.invalidateQueries();
    },
    onError,
  });
};

const notifyOf = (results: Schema['MappingBatchResult']['results'], notify: ReturnType<typeof useNotify>): void => {
  const refused = results.filter(({ problem }) => problem);
  const done = results.length - refused.length;
  if (done > 0) notify('success', t('takeOver.done', { count: done }));
  const [first] = refused;
  if (first?.problem) {
    const { title, detail, advice } = first.problem;
    notify(
      'error',
      t('takeOver.refused', { count: refused.length }),
      [detail ?? title, advice].filter(Boolean).join(' '),
    );
  }
};
