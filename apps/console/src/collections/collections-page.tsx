import { Button, Dropdown, makeStyles, Option, SearchBox, Tab, TabList, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Alerts } from '../alerts/alerts.js';
import { collectionsQuery, summaryQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { useMay } from '../session/use-role.js';
import { TourCard } from '../tour/tour-card.js';
import { ExportButton } from '../ui/export-button.js';
import { Listing } from '../ui/listing.js';
import { Page } from '../ui/page.js';
import { EmptyState } from '../ui/states.js';
import { useStored } from '../ui/use-stored.js';
import { BulkBar } from './bulk/bulk-bar.js';
import { useChoice } from './bulk/choice-column.js';
import { ColumnChooser } from './column-chooser.js';
import { COLUMNS, DEFAULT_COLUMNS } from './columns.js';
import { Totals } from './totals.js';
import { SCOPES, useCollectionView, type CollectionView } from './use-collection-filter.js';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  search: { flex: '1 1 220px', maxWidth: '360px' },
  scope: { minWidth: '170px' },
  space: { flex: '1 1 0' },
});

const isIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.includes('collectionName') && value.every((id) => typeof id === 'string');

export const CollectionsPage = (): ReactNode => {
  const styles = useStyles();
  const view = useCollectionView();
  const { data: summary } = useQuery(summaryQuery);
  const [chosen, choose] = useStored('columns', DEFAULT_COLUMNS, isIds);
  const mayAct = useMay('Operator');
  const choice = useChoice();
  const shown = useMemo(() => COLUMNS.filter(({ id }) => chosen.includes(id)), [chosen]);
  const columns = useMemo(() => (mayAct ? [choice.column, ...shown] : shown), [mayAct, choice.column, shown]);
  return (
    <Page
      title={t('nav.collections')}
      fill
      lead={
        summary &&
        t('collections.lead', {
          kept: summary.targets - (summary.byStatus.Paused ?? 0),
          groups: summary.targets,
          collections: summary.collections,
          completed: summary.syncCompleted,
        })
      }
      actions={<MapButton />}
      alerts={<Alerts />}
    >
      {summary?.demo && <TourCard />}
      <Totals chosen={view.status} onChoose={(status) => view.change({ status, ...(status && { scope: null }) })} />
      <div className={styles.bar}>
        <TabList
          size="small"
          selectedValue={view.type ?? 'all'}
          onTabSelect={(_, { value }) => view.change({ type: value === 'all' ? null : String(value) })}
          aria-label={t('column.collectionType')}
        >
          <Tab value="all">{t('collections.type.all')}</Tab>
          <Tab value="Device">{t('collections.type.Device')}</Tab>
          <Tab value="User">{t('collections.type.User')}</Tab>
        </TabList>
        <Search view={view} />
        <Dropdown
          className={styles.scope}
          aria-label={t('collections.scope')}
          value={t(`collections.scope.${view.scope}`)}
          selectedOptions={[view.scope]}
          onOptionSelect={(_, { optionValue }) =>
            view.change({
              scope: optionValue === 'mapped' ? null : (optionValue ?? null),
              ...(optionValue === 'unmapped' && { status: null }),
            })
          }
        >
          {SCOPES.map((scope) => (
            <Option key={scope} value={scope}>
              {t(`collections.scope.${scope}`)}
            </Option>
          ))}
        </Dropdown>
        <div className={styles.space} />
        <ColumnChooser chosen={chosen} onChoose={choose} />
        <ExportButton
          path="/api/v1/export/collections"
          file="collections.csv"
          filter={{ ...view.filter, columns: shown.map(({ id }) => id).join(',') }}
        />
      </div>
      <BulkBar chosen={choice.chosen} onClear={choice.clear} />
      <Listing
        label={t('nav.collections')}
        name="collections"
        query={collectionsQuery(view.filter)}
        columns={columns}
        rowKey={({ collectionId, target }) => `${collectionId} ${target ?? ''}`}
        sorting={view.sorting}
        onSort={({ by, order }) => view.change({ sort: by, order })}
        empty={<NoCollections view={view} total={summary?.collections ?? 0} />}
        fill
      />
    </Page>
  );
};

const TYPING_MS = 250;

const Search = ({ view }: { readonly view: CollectionView }): ReactNode => {
  const [text, setText] = useState(view.search);
  const { search, change } = view;
  useEffect(() => {
    const timer = setTimeout(() => text.trim() !== search && change({ search: text.trim() }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, search, change]);
  return (
    <SearchBox
      className={useStyles().search}
      placeholder={t('collections.search')}
      aria-label={t('collections.search')}
      value={text}
      onChange={(_, { value }) => setText(value)}
    />
  );
};

const MapButton = (): ReactNode => {
  const navigate = useNavigate();
  const mayAct = useMay('Operator');
  if (!mayAct) return null;
  return (
    <Button appearance="primary" onClick={() => void navigate('/map')}>
      {t('nav.map')}
    </Button>
  );
};

const NoCollections = ({ view, total }: { readonly view: CollectionView; readonly total: number }): ReactNode => {
  const filtered = view.search !== '' || view.status !== null || view.type !== null;
  if (total === 0) return <EmptyState title={t('collections.none')} hint={t('collections.none.hint')} />;
  if (filtered) {
    return (
      <EmptyState
        title={t('collections.noneFit')}
        hint={t('collections.noneFit.hint')}
        action={
          <Button onClick={() => view.change({ search: null, status: null, type: null })}>
            {t('collections.showAll')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t('collections.noneMapped')}
      hint={t('collections.noneMapped.hint', { total })}
      action={<MapButton />}
    />
  );
};
