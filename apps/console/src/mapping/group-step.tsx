import { Badge, makeStyles, Radio, Text, tokens } from '@fluentui/react-components';
import { useMemo, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { groupsQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { EmptyState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { groupBar } from './group-bar.js';
import { NameSearch, useNameSearch } from './name-search.js';
import { Preflight, type useGroupCheck } from './preflight.js';
import type { ChosenCollection } from './use-chosen-collections.js';
import type { Wizard } from './use-wizard.js';

type Group = Schema['Group'];

const useStyles = makeStyles({
  verdict: {
    whiteSpace: 'normal',
    display: '-webkit-box',
    WebkitLineClamp: 3,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

const Verdict = ({ group, collection }: { readonly group: Group; readonly collection: string }): ReactNode => {
  const styles = useStyles();
  const barred = groupBar(group, collection);
  const [warning] = group.warnings;
  if (barred !== null) {
    return (
      <span className={styles.verdict} title={barred}>
        {barred}
      </span>
    );
  }
  if (group.collectionId !== null) return t('map.goesOver', { collection: group.collectionId });
  return (
    <Badge appearance="tint" color={warning ? 'warning' : 'success'} title={warning?.message}>
      {t(warning ? 'map.canBeWrittenBut' : 'map.canBeWritten')}
    </Badge>
  );
};

interface Props {
  readonly wizard: Wizard;
  readonly tenant: string;
  readonly collection: ChosenCollection;
  readonly check: ReturnType<typeof useGroupCheck>;
}

export const GroupStep = ({ wizard, tenant, collection, check }: Props): ReactNode => {
  const styles = useStyles();
  const { group: chosen, change } = wizard;
  const search = useNameSearch('groups', [
    { way: 'begins', label: t('map.way.begins') },
    { way: 'words', label: t('map.way.words') },
  ]);
  const { collectionId } = collection;
  const columns = useMemo<readonly Column<Group>[]>(
    () => [
      {
        id: 'name',
        title: t('column.groupName'),
        width: 260,
        grow: true,
        render: (group) => (
          <Radio
            name="group"
            label={group.groupName}
            disabled={groupBar(group, collectionId) !== null}
            checked={group.groupId === chosen}
            onChange={() => change({ tenant, group: group.groupId })}
          />
        ),
      },
      {
        id: 'verdict',
        title: t('map.verdict'),
        width: 340,
        grow: true,
        render: (group) => <Verdict group={group} collection={collectionId} />,
      },
      { id: 'id', title: t('column.groupId'), width: 300, render: ({ groupId }) => groupId },
    ],
    [chosen, change, tenant, collectionId],
  );
  return (
    <>
      <NameSearch search={search} label={t('map.searchGroup')} />
      <Text className={styles.hint}>{t(`map.way.${search.way}.hint`)}</Text>
      <Listing
        label={t('map.groups')}
        query={groupsQuery(tenant, search.text, search.way)}
        columns={columns}
        rowKey={({ groupId }) => groupId}
        rowHeight={68}
        empty={<EmptyState title={t('map.noGroup')} hint={t('map.noGroup.hint')} />}
      />
      {chosen !== null && <Preflight check={check} />}
    </>
  );
};
