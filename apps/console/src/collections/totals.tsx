import { makeStyles, mergeClasses, ToggleButton, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { summaryQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { STATUS, type StatusWord } from '../ui/status-badge.js';

const TOTALS: readonly StatusWord[] = [
  'Success',
  'Partial Success',
  'Failed',
  'Held',
  'Stale',
  'In Progress',
  'Paused',
];

const COLOR = {
  success: tokens.colorStatusSuccessForeground1,
  warning: tokens.colorStatusWarningForeground3,
  danger: tokens.colorStatusDangerForeground1,
  severe: tokens.colorPaletteDarkOrangeForeground1,
  brand: tokens.colorBrandForeground1,
  informative: tokens.colorNeutralForeground2,
} as const;

const useStyles = makeStyles({
  totals: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(136px, 1fr))',
    gap: tokens.spacingHorizontalS,
  },
  total: {
    justifyContent: 'flex-start',
    minWidth: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  content: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
  label: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
  },
  icon: { display: 'inline-flex' },
  number: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontVariantNumeric: 'tabular-nums',
  },
});

interface Props {
  readonly chosen: StatusWord | null;
  readonly onChoose: (status: StatusWord | null) => void;
}

/** How many groups there are in each status; choosing one shows only those. */
export const Totals = ({ chosen, onChoose }: Props): ReactNode => {
  const styles = useStyles();
  const { data } = useQuery(summaryQuery);
  return (
    <div className={styles.totals} role="group" aria-label={t('collections.totals')}>
      {TOTALS.map((status) => (
        <ToggleButton
          key={status}
          className={mergeClasses(styles.total, chosen === status && styles.chosen)}
          checked={chosen === status}
          onClick={() => onChoose(chosen === status ? null : status)}
        >
          <span className={styles.content}>
            <span className={styles.number}>{data ? number(data.byStatus[status] ?? 0) : '–'}</span>
            <span className={styles.label}>
              <span className={styles.icon} style={{ color: COLOR[STATUS[status].color] }}>
                {STATUS[status].icon}
              </span>
              {t(`total.${status}`)}
            </span>
          </span>
        </ToggleButton>
      ))}
    </div>
  );
};
