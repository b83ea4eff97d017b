import { Badge, Dropdown, Field, makeStyles, Option, Radio, SearchBox, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { groupsQuery, tenantsQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { useSettled } from '../ui/use-settled.js';
import type { ChosenCollection } from './collection-step.js';
import { Preflight } from './preflight.js';

type Group = Schema['Group'];
export interface ChosenGroup {
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
}

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalL },
  search: { flex: '1 1 260px' },
});

interface Props {
  readonly collection: ChosenCollection;
  readonly chosen: ChosenGroup | null;
  readonly onChoose: (group: ChosenGroup | null) => void;
}

const isFree = (group: Group, collection: string): boolean =>
  group.collectionId === null || (group.collectionMissing && group.collectionId !== collection);

const Verdict = ({ group, collection }: { readonly group: Group; readonly collection: string }): ReactNode => {
  const [problem] = group.problems;
  const [warning] = group.warnings;
  if (group.collectionId !== null && !isFree(group, collection)) {
    const taken = group.collectionId === collection ? 'map.takenByThis' : 'map.taken';
    return t(taken, { collection: group.collectionId });
  }
  if (problem) return <span title={problem.message}>{problem.message}</span>;
  if (group.collectionId !== null) return t('map.goesOver', { collection: group.collectionId });
  return (
    <Badge appearance="tint" color={warning ? 'warning' : 'success'} title={warning?.message}>
      {t(warning ? 'map.canBeWrittenBut' : 'map.canBeWritten')}
    </Badge>
  );
};

export const GroupStep = ({ collection, chosen, onChoose }: Props): ReactNode => {
  const styles = useStyles();
  const { data, error, refetch } = useQuery(tenantsQuery);
  const [tenantChosen, setTenant] = useState<string | null>(chosen?.tenantId ?? null);
  const [text, setText] = useState(chosen?.groupName ?? '');
  const startsWith = useSettled(text.trim());
  const tenants = data?.items.filter(({ configured }) => configured) ?? [];
  const tenant = tenantChosen ?? tenants[0]?.tenantId ?? '';
  const columns = useMemo<readonly Column<Group>[]>(
    () => [
      {
        id: 'name',
        title: t('column.groupName'),
        width: 280,
        grow: true,
        render: (group) => (
          <Radio
            name="group"
            label={group.groupName}
            disabled={!group.writable || !isFree(group, collection.collectionId)}
            checked={group.groupId === chosen?.groupId}
            onChange={() => onChoose({ tenantId: tenant, groupId: group.groupId, groupName: group.groupName })}
          />
        ),
      },
      {
        id: 'verdict',
        title: t('map.verdict'),
        width: 320,
        grow: true,
        render: (group) => <Verdict group={group} collection={collection.collectionId} />,
      },
      { id: 'id', title: t('column.groupId'), width: 300, render: ({ groupId }) => groupId },
    ],
    [chosen, onChoose, tenant, collection],
  );
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('map.tenant')} />;
  if (tenants.length === 0) return <EmptyState title={t('map.noTenant')} hint={t('map.noTenant.hint')} />;
  return (
    <>
      <div className={styles.fields}>
        <Field label={t('map.tenant')}>
          <Dropdown
            value={tenant}
            selectedOptions={[tenant]}
            onOptionSelect={(_, { optionValue }) => {
              setTenant(optionValue ?? null);
              onChoose(null);
            }}
          >
            {tenants.map(({ tenantId }) => (
              <Option key={tenantId} value={tenantId}>
                {tenantId}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <Field label={t('map.startsWith')} hint={t('map.startsWith.hint')} className={styles.search}>
          <SearchBox value={text} onChange={(_, { value }) => setText(value)} />
        </Field>
      </div>
      <Listing
        label={t('map.groups')}
        query={groupsQuery(tenant, startsWith)}
        columns={columns}
        rowKey={({ groupId }) => groupId}
        empty={<EmptyState title={t('map.noGroup')} hint={t('map.noGroup.hint')} />}
      />
      {chosen && <Preflight group={chosen} type={collection.collectionType === 'Device' ? 'device' : 'user'} />}
    </>
  );
};
