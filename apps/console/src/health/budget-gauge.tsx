import { GaugeChart } from '@fluentui/react-charts';
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';
import { duration } from '../i18n/time.js';

/** 3,000 writes per 150 s, app and tenant: https://learn.microsoft.com/graph/throttling-limits */
const WRITES = 3_000;

const useStyles = makeStyles({
  gauge: { display: 'flex', flexDirection: 'column', width: '240px', maxWidth: '100%' },
  plot: { height: '170px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** How much of the write budget of a tenant is left. */
export const BudgetGauge = ({ budget }: { readonly budget: Schema['Upstream'] }): ReactNode => {
  const styles = useStyles();
  const left = Math.max(0, budget.figures['writes'] ?? 0);
  const most = Math.max(WRITES, left);
  const blocked = budget.figures['blockedMs'] ?? 0;
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
        {blocked > 0 ? t('health.budget.blocked', { time: duration(blocked / 1_000) }) : t('health.budget.text')}
      </Text>
    </div>
  );
};
