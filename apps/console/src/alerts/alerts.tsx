import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { alertsQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { RouterLink } from '../ui/router-link.js';
import { Ago } from '../ui/time.js';

type Alert = Schema['Alert'];

interface Props {
  /** those that concern what the page shows; all by default */
  readonly concerns?: (alert: Alert) => boolean;
  readonly here?: boolean;
}

/** What to know before believing the page: what is away, since when, and what is still right. */
export const Alerts = ({ concerns = () => true, here = false }: Props): ReactNode => {
  const { data, error, dataUpdatedAt } = useQuery(alertsQuery);
  return (
    <>
      {error && <Unanswered error={error} at={dataUpdatedAt} />}
      {data?.items.filter(concerns).map((alert) => (
        <MessageBar
          key={`${alert.kind} ${alert.name}`}
          intent={alert.severity}
          layout="multiline"
          style={{ flexShrink: 0 }}
        >
          <MessageBarBody>
            <MessageBarTitle>{alert.title}</MessageBarTitle>
            {t('alert.since', { at: fullTime(alert.since) })} <Ago at={alert.since} />. {alert.message}{' '}
            {alert.stillTrue} {!here && <RouterLink to="/system">{t('alert.health')}</RouterLink>}
          </MessageBarBody>
        </MessageBar>
      ))}
    </>
  );
};

/** Nothing here is renewed while the service does not answer. */
const Unanswered = ({ error, at }: { readonly error: unknown; readonly at: number }): ReactNode => {
  const { title, message, advice } = toProblem(error);
  return (
    <MessageBar intent="error" layout="multiline" style={{ flexShrink: 0 }}>
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {message} {advice} {at > 0 && t('alert.readAt', { at: fullTime(new Date(at).toISOString()) })}
      </MessageBarBody>
    </MessageBar>
  );
};

/** How many alerts ask for somebody; also when it cannot be found out. */
export const useAlertCount = (): number => {
  const { data, error } = useQuery(alertsQuery);
  return (error ? 1 : 0) + (data?.items.filter(({ severity }) => severity !== 'info').length ?? 0);
};
