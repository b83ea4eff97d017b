import { GaugeChart } from '@fluentui/react-charts';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { number, t } from '../i18n/t.js';
import { duration } from '../i18n/time.js';
import type { WriteBudget } from './write-budget.js';

const useStyles = makeStyles({
  gauge: { display: 'flex', flexDirection: 'column', width: '240px', maxWidth: '100%' },
  plot: { height: '170px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** How much of the write budget of a tenant is left. */
export const BudgetGauge = ({ budget }: { readonly budget: WriteBudget }): ReactNode => {
  const styles = useStyles();
  const { left, most, perSecond, blockedSeconds } = budget;
  return (
    <div className={styles.gauge}>
      <Text weight="semibold">{t('health.budget')}</Text>
      <div className={styles.plot}>
        <GaugeChart
          width={240}
          height={170}
          hideLegend
          hideMinMax
          hideTooltip
          chartValue={left}
          chartValueFormat={() => number(left)}
          sublabel={t('health.budget.of', { most })}
          minValue={0}
          maxValue={most}
          segments={[
            { legend: t('health.budget.left'), size: left, color: tokens.colorBrandBackground },
            { legend: t('health.budget.used'), size: most - left, color: tokens.colorNeutralBackground5 },
          ]}
        />
      </div>
      <Text size={200} className={styles.hint}>
        {blockedSeconds > 0
          ? t('health.budget.blocked', { time: duration(blockedSeconds) })
          : t('health.budget.text', { perSecond: Math.round(perSecond * 10) / 10 })}
      </Text>
    </div>
  );
};
