import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';
import { RouterLink } from '../ui/router-link.js';
import { StatusBadge, type StatusWord } from '../ui/status-badge.js';
import type { Column } from '../ui/table.js';
import { Ago } from '../ui/time.js';

export type Row = Schema['CollectionRow'];
type ColumnId =
  | Exclude<keyof Row, 'target' | 'tenantId' | 'syncExcluded' | 'capturedTime' | 'mergedTime' | 'appliedTime'>
  | 'freshness';

interface CollectionColumn extends Column<Row> {
  readonly id: ColumnId;
}

const linkOf = (row: Pick<Row, 'collectionId' | 'target'>): string =>
  `/collections/${row.collectionId}${row.target ? `?target=${encodeURIComponent(row.target)}` : ''}`;

const NONE = '–';
const mappedOnly = (row: Row, shown: ReactNode): ReactNode => (row.target === null ? NONE : shown);
const count = (id: 'memberCount' | 'syncCompleted' | 'syncInProgress' | 'syncWaiting' | 'syncFailed' | 'syncHeld') => ({
  id,
  title: t(`column.${id}`),
  width: 92,
  numeric: true,
  sortable: true,
  render: (row: Row): ReactNode => (id === 'memberCount' ? number(row[id]) : mappedOnly(row, number(row[id]))),
});
const text = (id: 'cloudServiceId' | 'collectionType', width: number) => ({
  id,
  title: t(`column.${id}`),
  width,
  render: (row: Row): ReactNode => row[id] ?? NONE,
});
const members = (id: 'lastFullSyncMemberCount' | 'lastSyncMemberCount') => ({
  id,
  title: t(`column.${id}`),
  width: 210,
  numeric: true,
  render: (row: Row): ReactNode => (row[id] === null ? NONE : number(row[id])),
});
const status = (id: 'lastFullSyncStatus' | 'lastSyncStatus') => ({
  id,
  title: t(`column.${id}`),
  width: 160,
  render: (row: Row): ReactNode => badge(row[id]),
});
const time = (id: 'lastFullSyncTime' | 'lastSyncTime' | 'sourceCheckedTime', sortable: boolean) => ({
  id,
  title: t(`column.${id}`),
  width: 160,
  sortable,
  render: (row: Row): ReactNode => mappedOnly(row, <Ago at={row[id]} />),
});
const badge = (word: StatusWord | null, checkedAt: string | null = null): ReactNode =>
  word === null ? NONE : <StatusBadge status={word} checkedAt={checkedAt} />;

/** The product's nine default columns, its eight optional ones, and ours. */
export const COLUMNS: readonly CollectionColumn[] = [
  {
    id: 'collectionName',
    title: t('column.collectionName'),
    width: 122,
    grow: true,
    sortable: true,
    render: (row) => <RouterLink to={linkOf(row)}>{row.collectionName}</RouterLink>,
  },
  {
    id: 'cloudSyncStatus',
    title: t('column.cloudSyncStatus'),
    width: 130,
    sortable: true,
    render: (row) => (
      <span title={row.statusDetail ?? undefined}>{badge(row.cloudSyncStatus, row.sourceCheckedTime)}</span>
    ),
  },
  {
    id: 'groupName',
    title: t('column.groupName'),
    width: 158,
    grow: true,
    sortable: true,
    render: (row) => row.groupName ?? t('status.none'),
  },
  count('memberCount'),
  count('syncCompleted'),
  count('syncInProgress'),
  count('syncWaiting'),
  count('syncFailed'),
  {
    id: 'collectionId',
    title: t('column.collectionId'),
    width: 88,
    sortable: true,
    render: (row) => row.collectionId,
  },
  { id: 'groupId', title: t('column.groupId'), width: 300, render: (row) => row.groupId ?? NONE },
  text('cloudServiceId', 290),
  text('collectionType', 130),
  members('lastFullSyncMemberCount'),
  status('lastFullSyncStatus'),
  time('lastFullSyncTime', true),
  members('lastSyncMemberCount'),
  status('lastSyncStatus'),
  time('lastSyncTime', true),
  count('syncHeld'),
  {
    id: 'collectionState',
    title: t('column.collectionState'),
    width: 160,
    render: ({ collectionState }) => (collectionState ? t(`collectionState.${collectionState}`) : NONE),
  },
  time('sourceCheckedTime', false),
];

export const DEFAULT_COLUMNS: readonly string[] = COLUMNS.slice(0, 9).map(({ id }) => id);
