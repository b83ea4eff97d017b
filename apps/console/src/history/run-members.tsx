import { useMemo, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { runMembersQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { exactTime } from '../i18n/time.js';
import { ExportButton } from '../ui/export-button.js';
import { Listing } from '../ui/listing.js';
import { EmptyState } from '../ui/states.js';
import type { Column } from '../ui/table.js';

const COLUMNS: readonly Column<Schema['Movement']>[] = [
  {
    id: 'name',
    title: t('member.name'),
    width: 180,
    grow: true,
    render: ({ name, objectId }) => name || objectId,
  },
  { id: 'change', title: t('member.change'), width: 90, render: ({ change }) => t(`run.change.${change}`) },
  { id: 'reason', title: t('member.reason'), width: 130, render: ({ reason }) => reason ?? '–' },
  { id: 'time', title: t('member.time'), width: 100, render: ({ time }) => exactTime(time) },
];

/** Who joined, left or failed in a run. */
export const RunMembers = ({ id }: { readonly id: string }): ReactNode => {
  const query = useMemo(() => runMembersQuery(id), [id]);
  return (
    <>
      <div>
        <ExportButton path={`/api/v1/export/runs/${id}/members`} file="run-members.csv" />
      </div>
      <Listing
        label={t('run.moved')}
        query={query}
        columns={COLUMNS}
        rowKey={({ time, resourceId, objectId, change }) => `${time} ${resourceId} ${objectId} ${change}`}
        empty={<EmptyState title={t('run.moved.none')} hint={t('run.moved.none.hint')} />}
      />
    </>
  );
};
