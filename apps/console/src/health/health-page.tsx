import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Alerts } from '../alerts/alerts.js';
import { deadLettersQuery, tenantsQuery, upstreamsQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { DEAD_LETTER_COLUMNS } from './dead-letter-columns.js';
import { ServiceParts } from './service-parts.js';
import { SiteCard } from './site-card.js';
import { TenantCard } from './tenant-card.js';

/** What the synchronisation leans on, and how it is. */
export const HealthPage = (): ReactNode => (
  <Page
    title={t('nav.health')}
    lead={t('health.lead')}
    alerts={<Alerts here concerns={({ kind }) => kind === 'part' || kind === 'service' || kind === 'tenantOff'} />}
  >
    <Sites />
    <Tenants />
    <Section title={t('health.services')}>
      <ServiceParts />
    </Section>
    <Section title={t('health.deadLetters')}>
      <Listing
        label={t('health.deadLetters')}
        query={deadLettersQuery}
        columns={DEAD_LETTER_COLUMNS}
        rowKey={({ topic, partition, offset, consumer }) => `${topic} ${partition} ${offset} ${consumer}`}
        rowHeight={52}
        empty={<EmptyState title={t('health.noDeadLetters')} hint={t('health.noDeadLetters.hint')} />}
      />
    </Section>
  </Page>
);

const Sites = (): ReactNode => {
  const { data, error, refetch } = useQuery(upstreamsQuery);
  if (error && !data) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('health.site')} />;
  const sites = data.items.filter(({ kind }) => kind === 'site');
  if (sites.length === 0) {
    return (
      <Section title={t('health.site')}>
        <EmptyState title={t('health.noSite')} hint={t('health.noSite.hint')} />
      </Section>
    );
  }
  return sites.map((site) => <SiteCard key={site.name} site={site} />);
};

const Tenants = (): ReactNode => {
  const { data, error, refetch } = useQuery(tenantsQuery);
  if (error && !data) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('health.tenant')} />;
  return data.items.map((tenant) => <TenantCard key={tenant.tenantId} tenant={tenant} />);
};
