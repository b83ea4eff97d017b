import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowSyncFilled,
  CheckmarkCircleFilled,
  ClockFilled,
  DismissCircleFilled,
  PauseCircleFilled,
  ShieldErrorFilled,
  WarningFilled,
} from '@fluentui/react-icons';
import type { ReactElement, ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { Ago } from './time.js';

export type StatusWord = NonNullable<Schema['CollectionRow']['cloudSyncStatus']>;

type Color = 'success' | 'warning' | 'danger' | 'brand' | 'severe' | 'informative';

export const STATUS: Readonly<Record<StatusWord, { color: Color; icon: ReactElement }>> = {
  Success: { color: 'success', icon: <CheckmarkCircleFilled /> },
  'Partial Success': { color: 'warning', icon: <WarningFilled /> },
  Failed: { color: 'danger', icon: <DismissCircleFilled /> },
  'In Progress': { color: 'brand', icon: <ArrowSyncFilled /> },
  Held: { color: 'severe', icon: <ShieldErrorFilled /> },
  Paused: { color: 'informative', icon: <PauseCircleFilled /> },
  Stale: { color: 'warning', icon: <ClockFilled /> },
};

const useStyles = makeStyles({
  status: { display: 'inline-flex', flexDirection: 'column', alignItems: 'flex-start' },
  checked: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
  },
});

interface Props {
  readonly status: StatusWord | null;
  /** when the source last confirmed what is known: a good status says how old it is */
  readonly checkedAt?: string | null;
}

export const StatusBadge = ({ status, checkedAt }: Props): ReactNode => {
  const styles = useStyles();
  if (status === null) return <span>{t('status.none')}</span>;
  return (
    <span className={styles.status}>
      <Badge appearance="tint" color={STATUS[status].color} icon={STATUS[status].icon}>
        {t(`status.${status}`)}
      </Badge>
      {checkedAt && status === 'Success' && (
        <span className={styles.checked}>
          {t('status.checked')} <Ago at={checkedAt} />
        </span>
      )}
    </span>
  );
};
