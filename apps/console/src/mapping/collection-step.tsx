import { Checkbox, makeStyles, Radio, Switch, Text, tokens } from '@fluentui/react-components';
import { useMemo, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { collectionsQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { Notice } from '../ui/notice.js';
import { EmptyState, ProblemState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { NameSearch, useNameSearch } from './name-search.js';
import { collectionBar, MOST_AT_ONCE, type useChosenCollections } from './use-chosen-collections.js';
import type { Wizard } from './use-wizard.js';

type Row = Schema['CollectionRow'];

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

interface Props {
  readonly wizard: Wizard;
  readonly collections: ReturnType<typeof useChosenCollections>;
}

/** One collection, or several that get a group each. */
export const CollectionStep = ({ wizard, collections }: Props): ReactNode => {
  const styles = useStyles();
  const { several, collections: ids, change } = wizard;
  const search = useNameSearch('collections', [
    { way: 'contains', label: t('map.way.contains') },
    { way: 'begins', label: t('map.way.begins') },
  ]);
  const columns = useMemo(() => columnsOf(wizard), [wizard]);
  return (
    <>
      <div className={styles.bar}>
        <NameSearch search={search} label={t('map.searchCollection')} />
        <Switch
          label={t('map.several')}
          checked={several}
          onChange={(_, { checked }) =>
            change({ several: checked ? 'yes' : null, ...(!checked && { collection: ids[0] }) })
          }
        />
      </div>
      {collections.error !== null && <ProblemState error={collections.error} />}
      {collections.barred.map((why) => (
        <Notice key={why} intent="error">
          {why}
        </Notice>
      ))}
      {collections.chosen.length > 0 && (
        <Text>
          {t('map.chosen', { name: collections.chosen.map(({ collectionName }) => collectionName).join(', ') })}
        </Text>
      )}
      <Listing
        label={t('nav.collections')}
        query={collectionsQuery({
          sort: 'collectionName',
          order: 'asc',
          ...(search.text && { [search.way === 'begins' ? 'startsWith' : 'search']: search.text }),
        })}
        columns={columns}
        rowKey={({ collectionId, target }) => `${collectionId} ${target ?? ''}`}
        empty={<EmptyState title={t('collections.noneFit')} hint={t('map.noneFit.hint')} />}
      />
    </>
  );
};

const columnsOf = ({ several, collections, change }: Wizard): readonly Column<Row>[] => {
  const choose = (ids: readonly string[]): void => change({ collection: ids.join(','), group: null });
  const full = collections.length >= MOST_AT_ONCE;
  return [
    {
      id: 'name',
      title: t('column.collectionName'),
      width: 260,
      grow: true,
      render: ({ collectionId, collectionName, collectionType, collectionState }) => {
        const checked = collections.includes(collectionId);
        const barred = collectionBar(collectionType, collectionState) !== null;
        return several ? (
          <Checkbox
            label={collectionName}
            disabled={barred || (full && !checked)}
            checked={checked}
            onChange={() =>
              choose(checked ? collections.filter((id) => id !== collectionId) : [...collections, collectionId])
            }
          />
        ) : (
          <Radio
            name="collection"
            label={collectionName}
            disabled={barred}
            checked={checked}
            onChange={() => choose([collectionId])}
          />
        );
      },
    },
    { id: 'id', title: t('column.collectionId'), width: 130, render: ({ collectionId }) => collectionId },
    {
      id: 'type',
      title: t('column.collectionType'),
      width: 130,
      render: ({ collectionType }) => t(`collections.type.${collectionType}`),
    },
    {
      id: 'members',
      title: t('column.memberCount'),
      width: 130,
      numeric: true,
      render: ({ memberCount }) => number(memberCount),
    },
    {
      id: 'group',
      title: t('map.already'),
      width: 220,
      grow: true,
      render: ({ groupName, collectionType, collectionState }) =>
        collectionBar(collectionType, collectionState) ?? groupName ?? '–',
    },
  ];
};
