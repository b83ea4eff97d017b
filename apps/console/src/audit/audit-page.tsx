import { Button } from '@fluentui/react-components';
import { useMemo, type ReactNode } from 'react';
import { auditQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { timeZone } from '../i18n/time.js';
import { Listing } from '../ui/listing.js';
import { Page } from '../ui/page.js';
import { EmptyState } from '../ui/states.js';
import { auditColumns } from './audit-columns.js';
import { AuditDrawer } from './audit-drawer.js';
import { AuditFilters } from './audit-filters.js';
import { NO_FILTER, useAuditView } from './use-audit-view.js';

/** Who did what. */
export const AuditPage = (): ReactNode => {
  const view = useAuditView();
  const { change } = view;
  const columns = useMemo(
    () =>
      auditColumns({
        onActor: (actor) => change({ actor }),
        onOpen: ({ id }) => change({ entry: String(id) }),
      }),
    [change],
  );
  return (
    <Page title={t('nav.audit')} lead={t('audit.lead', { zone: timeZone })} fill>
      <AuditFilters view={view} />
      <Listing
        label={t('nav.audit')}
        query={auditQuery(view.filter)}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowHeight={52}
        empty={
          view.filtered ? (
            <EmptyState
              title={t('audit.noneFit')}
              hint={t('audit.noneFit.hint')}
              action={<Button onClick={() => change(NO_FILTER)}>{t('audit.clear')}</Button>}
            />
          ) : (
            <EmptyState title={t('audit.none')} hint={t('audit.none.hint')} />
          )
        }
        fill
      />
      {view.entry !== null && <AuditDrawer id={view.entry} onClose={() => change({ entry: null })} />}
    </Page>
  );
};
