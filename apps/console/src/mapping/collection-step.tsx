import { Radio, SearchBox, Text } from '@fluentui/react-components';
import { useMemo, useState, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { collectionsQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { EmptyState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { useSettled } from '../ui/use-settled.js';

type Row = Schema['CollectionRow'];
export type ChosenCollection = Pick<Row, 'collectionId' | 'collectionName' | 'collectionType' | 'memberCount'>;

interface Props {
  readonly chosen: ChosenCollection | null;
  readonly onChoose: (collection: ChosenCollection) => void;
}

export const CollectionStep = ({ chosen, onChoose }: Props): ReactNode => {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: 'name',
        title: t('column.collectionName'),
        width: 260,
        grow: true,
        render: (row) => (
          <Radio
            name="collection"
            label={row.collectionName}
            disabled={row.collectionType === 'Other' || row.collectionState === 'missing'}
            checked={row.collectionId === chosen?.collectionId}
            onChange={() => onChoose(row)}
          />
        ),
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
        render: ({ groupName, collectionType, collectionState }) => {
          if (collectionType === 'Other') return t('collection.other');
          return collectionState === 'missing' ? t('collection.missing') : (groupName ?? '–');
        },
      },
    ],
    [chosen, onChoose],
  );
  return (
    <>
      <SearchBox
        placeholder={t('map.searchCollection')}
        aria-label={t('map.searchCollection')}
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      {chosen && <Text>{t('map.chosen', { name: chosen.collectionName })}</Text>}
      <Listing
        label={t('nav.collections')}
        query={collectionsQuery({ sort: 'collectionName', order: 'asc', ...(search && { search }) })}
        columns={columns}
        rowKey={({ collectionId, target }) => `${collectionId} ${target ?? ''}`}
        empty={<EmptyState title={t('collections.noneFit')} hint={t('collections.none.hint')} />}
      />
    </>
  );
};
