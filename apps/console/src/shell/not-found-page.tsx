import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { Page } from '../ui/page.js';
import { RouterLink } from '../ui/router-link.js';
import { EmptyState } from '../ui/states.js';

export const NotFoundPage = (): ReactNode => (
  <Page title={t('notFound.title')}>
    <EmptyState
      title={t('notFound.text')}
      hint={t('notFound.hint')}
      action={<RouterLink to="/collections">{t('nav.collections')}</RouterLink>}
    />
  </Page>
);
