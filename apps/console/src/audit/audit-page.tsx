import { makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { auditQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { Listing } from '../ui/listing.js';
import { Page } from '../ui/page.js';
import { EmptyState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { useSettled } from '../ui/use-settled.js';

type Entry = Schema['AuditEntry'];

const detailOf = ({ detail }: Entry): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

const COLUMNS: readonly Column<Entry>[] = [
  { id: 'at', title: t('audit.at'), width: 200, render: ({ at }) => <time dateTime={at}>{fullTime(at)}</time> },
  { id: 'actor', title: t('audit.actor'), width: 180, render: ({ actor, role }) => `${actor} (${role})` },
  { id: 'action', title: t('audit.action'), width: 180, render: ({ action }) => action },
  {
    id: 'subject',
    title: t('audit.subject'),
    width: 320,
    grow: true,
    render: ({ subject }) => <span title={subject}>{subject}</span>,
  },
  {
    id: 'detail',
    title: t('audit.detail'),
    width: 320,
    grow: true,
    render: (entry) => <span title={detailOf(entry)}>{detailOf(entry) || '–'}</span>,
  },
];

const useStyles = makeStyles({ bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });

/** Who did what. */
export const AuditPage = (): ReactNode => {
  const styles = useStyles();
  const [actorText, setActor] = useState('');
  const [actionText, setAction] = useState('');
  const actor = useSettled(actorText.trim());
  const action = useSettled(actionText.trim());
  return (
    <Page title={t('nav.audit')} lead={t('audit.lead')} fill>
      <div className={styles.bar}>
        <SearchBox
          placeholder={t('audit.byActor')}
          aria-label={t('audit.byActor')}
          value={actorText}
          onChange={(_, { value }) => setActor(value)}
        />
        <SearchBox
          placeholder={t('audit.byAction')}
          aria-label={t('audit.byAction')}
          value={actionText}
          onChange={(_, { value }) => setAction(value)}
        />
      </div>
      <Listing
        label={t('nav.audit')}
        query={auditQuery({ ...(actor && { actor }), ...(action && { action }) })}
        columns={COLUMNS}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('audit.none')} hint={t('audit.none.hint')} />}
        fill
      />
    </Page>
  );
};
