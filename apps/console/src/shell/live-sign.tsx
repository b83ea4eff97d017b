import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { LiveState } from '../api/live.js';
import { t } from '../i18n/t.js';

const COLORS = { live: 'success', connecting: 'informative', lost: 'warning' } as const;

const useStyles = makeStyles({ sign: { paddingInline: tokens.spacingHorizontalXS, whiteSpace: 'nowrap' } });

/** Whether what is shown is kept up to date. */
export const LiveSign = ({ state }: { readonly state: LiveState }): ReactNode => (
  <span role="status" className={useStyles().sign} title={t(`live.${state}.detail`)}>
    <Badge appearance="tint" color={COLORS[state]}>
      {t(`live.${state}`)}
    </Badge>
  </span>
);
