import { makeStyles, Switch, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { answerOf, api, type Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { useMay } from '../session/use-role.js';
import { Confirm } from '../ui/confirm.js';
import { Figure, Figures } from '../ui/figure.js';
import { Section } from '../ui/section.js';
import { Ago } from '../ui/time.js';
import { useNotifyProblem } from '../ui/use-notify.js';
import { applicationsOf, writeBudgetOf, writeBudgetOfAll } from './write-budget.js';
import { UpstreamBadge, UpstreamProblem, UpstreamProgress } from './upstream-state.js';

const BudgetGauge = lazy(async () => ({ default: (await import('./budget-gauge.js')).BudgetGauge }));

type Tenant = Schema['Tenant'];

const useStyles = makeStyles({
  parts: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXXXL, alignItems: 'flex-start' },
});

/** One tenant: its switch, the mirror of its directory, and its write budget. */
export const TenantCard = ({ tenant }: { readonly tenant: Tenant }): ReactNode => {
  const styles = useStyles();
  const { directory, budgets } = tenant;
  const budget = budgets.length > 0 ? writeBudgetOfAll(applicationsOf(tenant)) : undefined;
  return (
    <Section title={t('health.tenant.title', { tenant: tenant.tenantId })} actions={<TenantSwitch tenant={tenant} />}>
      {directory && <UpstreamProblem upstream={directory} />}
      {budgets.map((each) => (
        <UpstreamProblem key={each.name} upstream={each} />
      ))}
      <div className={styles.parts}>
        {budget && (
          <Suspense fallback={null}>
            <BudgetGauge budget={budget} />
          </Suspense>
        )}
        <Figures>
          <Figure label={t('health.mappings')}>{tenant.mappings}</Figure>
          {directory && (
            <>
              <Figure label={t('health.devices')}>{directory.figures['devices'] ?? 0}</Figure>
              <Figure label={t('health.users')}>{directory.figures['users'] ?? 0}</Figure>
              {directory.siteIds?.devices && (
                <Figure label={t('health.deviceIds')}>{t(`health.ids.${directory.siteIds.devices}`)}</Figure>
              )}
              {directory.siteIds?.users && (
                <Figure label={t('health.userIds')}>{t(`health.ids.${directory.siteIds.users}`)}</Figure>
              )}
              <Figure label={t('health.mirror')}>
                <UpstreamBadge state={directory.state} />
              </Figure>
              <Figure label={t('health.lastSuccess')}>
                <Ago at={directory.lastSuccess} />
              </Figure>
            </>
          )}
          {budgets.length > 1 &&
            budgets.map((each) => (
              <Figure key={each.name} label={budgetNameOf(each.name)}>
                {t('health.application.left', { left: writeBudgetOf(each).left, most: writeBudgetOf(each).most })}
              </Figure>
            ))}
          {budget && <Figure label={t('health.throttled')}>{budget.throttled}</Figure>}
        </Figures>
      </div>
      {directory && <UpstreamProgress upstream={directory} />}
    </Section>
  );
};

const budgetNameOf = (account: string): string => {
  const [, application] = account.split('/');
  if (application === undefined) return t('health.application.first');
  return application === '*' ? t('health.application.all') : t('health.application', { application });
};

const TenantSwitch = ({
  tenant: { tenantId, enabled, mappings, stoppable, stopped },
}: {
  readonly tenant: Tenant;
}): ReactNode => {
  const mayAct = useMay('Admin');
  const [asking, ask] = useState(false);
  const onError = useNotifyProblem();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () =>
      answerOf(
        api.PUT('/api/v1/tenants/{tenant}/switch', {
          params: { path: { tenant: tenantId } },
          body: { enabled: !enabled },
        }),
      ),
    onSuccess: () => client.invalidateQueries(),
    onError,
  });
  const to = enabled ? 'off' : 'on';
  return (
    <>
      <Switch checked={enabled} disabled={!mayAct} label={t('health.switch')} onChange={() => ask(true)} />
      <Confirm
        open={asking}
        onClose={() => ask(false)}
        onConfirm={mutate}
        title={t(`health.switch.${to}`)}
        confirm={t(`health.switch.${to}.confirm`)}
      >
        {enabled
          ? t('health.switch.off.text', { mappings, stoppable })
          : t('health.switch.on.text', { mappings, stopped })}
      </Confirm>
    </>
  );
};
