import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { Alerts } from '../alerts/alerts.js';
import type { Schema } from '../api/client.js';
import { resourcesQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { Page } from '../ui/page.js';
import { RouterLink } from '../ui/router-link.js';
import { EmptyState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { productWords } from './product-words.js';
import { Ago } from '../ui/time.js';

type Found = Schema['ResourceInGroup'];

const linkOf = ({ collectionId, target, member }: Found): string =>
  `/collections/${collectionId}?${new URLSearchParams({ target, tab: member.state, why: member.name })}`;

const columns: readonly Column<Found>[] = [
  {
    id: 'name',
    title: t('member.name'),
    width: 180,
    grow: true,
    render: (row) => <RouterLink to={linkOf(row)}>{row.member.name || row.member.objectId}</RouterLink>,
  },
  {
    id: 'collection',
    title: t('column.collectionName'),
    width: 200,
    grow: true,
    render: ({ collectionName, collectionId }) => `${collectionName} (${collectionId})`,
  },
  { id: 'group', title: t('column.groupName'), width: 200, grow: true, render: ({ groupName }) => groupName },
  { id: 'state', title: t('search.state'), width: 110, render: ({ member }) => t(`tab.${member.state}`) },
  { id: 'since', title: t('search.since'), width: 130, render: ({ member }) => <Ago at={member.time} /> },
  {
    id: 'reason',
    title: t('member.reason'),
    width: 260,
    grow: true,
    render: ({ member }) => <span title={member.advice ?? ''}>{member.reason ?? '–'}</span>,
  },
];

/** A device or user over all groups; what is searched is in the address. */
export const SearchPage = (): ReactNode => {
  const [params] = useSearchParams();
  const search = params.get('q') ?? '';
  const query = useMemo(() => resourcesQuery(search), [search]);
  return (
    <Page title={t('search.title')} lead={t('search.lead')} alerts={<Alerts />} fill>
      {productWords(search).map(({ word, text, to }) => (
        <MessageBar key={word} intent="info" layout="multiline" style={{ flexShrink: 0 }}>
          <MessageBarBody>
            <MessageBarTitle>{word}</MessageBarTitle>
            {t(text)} <RouterLink to={to}>{t('word.go')}</RouterLink>
          </MessageBarBody>
        </MessageBar>
      ))}
      {search === '' ? (
        <EmptyState title={t('search.empty')} hint={t('search.empty.hint')} />
      ) : (
        <Listing
          label={t('search.found', { search })}
          query={query}
          columns={columns}
          rowKey={({ target, member }) => `${target} ${member.resourceId} ${member.objectId}`}
          empty={<EmptyState title={t('search.none', { search })} hint={t('search.none.hint')} />}
          fill
        />
      )}
    </Page>
  );
};
