import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { Figure, Figures } from '../ui/figure.js';
import { Section } from '../ui/section.js';
import { Ago } from '../ui/time.js';
import { titleOfSite, UpstreamBadge, UpstreamProblem, UpstreamProgress } from './upstream-state.js';

/** The Configuration Manager site, as AdminService shows it. */
export const SiteCard = ({ site }: { readonly site: Schema['Upstream'] }): ReactNode => (
  <Section title={titleOfSite(site)} actions={<UpstreamBadge state={site.state} />}>
    <UpstreamProblem upstream={site} />
    <Figures>
      <Figure label={t('health.collections')}>{site.figures['collections'] ?? 0}</Figure>
      <Figure label={t('health.lastSuccess')}>
        <Ago at={site.lastSuccess} />
      </Figure>
      <Figure label={t('health.since')}>
        <Ago at={site.since} />
      </Figure>
    </Figures>
    <UpstreamProgress upstream={site} />
  </Section>
);
