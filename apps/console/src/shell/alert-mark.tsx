import { CounterBadge } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useAlertCount } from '../alerts/alerts.js';
import { t } from '../i18n/t.js';

/** Beside the way to Health: how much there is to look at. */
export const AlertMark = (): ReactNode => {
  const count = useAlertCount();
  if (count === 0) return null;
  return (
    <CounterBadge
      count={count}
      color="danger"
      size="small"
      role="img"
      aria-label={t('shell.alerts', { page: t('nav.health'), count })}
    />
  );
};
