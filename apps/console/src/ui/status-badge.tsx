import { Badge } from '@fluentui/react-components';
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

export const StatusBadge = ({ status }: { readonly status: StatusWord | null }): ReactNode =>
  status === null ? (
    <span>{t('status.none')}</span>
  ) : (
    <Badge appearance="tint" color={STATUS[status].color} icon={STATUS[status].icon}>
      {t(`status.${status}`)}
    </Badge>
  );
