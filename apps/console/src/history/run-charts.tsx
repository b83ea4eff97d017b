import { LineChart, VerticalBarChart } from '@fluentui/react-charts';
import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { clockTime, duration, exactTime, shortDay } from '../i18n/time.js';
import type { Run } from './run-columns.js';

const useStyles = makeStyles({
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))',
    gap: tokens.spacingHorizontalXL,
  },
  chart: { minWidth: 0 },
  title: { margin: 0 },
  plot: { height: '190px' },
});

const BARS = 30;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Ticks tell what differs between them. */
const tickFormat = (points: readonly { readonly x: Date }[]): ((at: Date) => string) => {
  const span = (points.at(-1)?.x.getTime() ?? 0) - (points[0]?.x.getTime() ?? 0);
  if (span > 2 * DAY_MS) return shortDay;
  return span < 5 * MINUTE_MS ? exactTime : clockTime;
};

/** Members of the group over time, and how long each run took. The table below has the same numbers. */
export const RunCharts = ({ runs }: { readonly runs: readonly Run[] }): ReactNode => {
  const styles = useStyles();
  const ended = runs.filter(({ endedAt }) => endedAt !== null).toReversed();
  const sizes = ended.flatMap(({ endedAt, members }) =>
    endedAt !== null && members !== null ? [{ x: new Date(endedAt), y: members }] : [],
  );
  const durations = ended.slice(-BARS).map(({ endedAt, durationSeconds, kind }, at) => ({
    x: `${at + 1}`,
    y: Math.round((durationSeconds ?? 0) * 10) / 10,
    legend: t(`run.kind.${kind}`),
    color: kind === 'full' ? tokens.colorBrandBackground : tokens.colorPaletteTealBorderActive,
    xAxisCalloutData: endedAt ? clockTime(endedAt) : '',
    yAxisCalloutData: duration(durationSeconds ?? 0),
  }));
  return (
    <div className={styles.charts}>
      <div className={styles.chart}>
        <Subtitle2 as="h3" className={styles.title}>
          {t('history.members')}
        </Subtitle2>
        <div className={styles.plot}>
          <LineChart
            data={{
              chartTitle: t('history.members'),
              lineChartData: [{ legend: t('history.members'), data: sizes, color: tokens.colorBrandBackground }],
            }}
            hideLegend
            customDateTimeFormatter={tickFormat(sizes)}
            height={190}
            margins={{ right: 40 }}
            yMinValue={0}
          />
        </div>
      </div>
      <div className={styles.chart}>
        <Subtitle2 as="h3" className={styles.title}>
          {t('history.durations')}
        </Subtitle2>
        <div className={styles.plot}>
          <VerticalBarChart
            chartTitle={t('history.durations')}
            data={durations}
            hideLegend
            height={190}
            maxBarWidth={20}
          />
        </div>
      </div>
    </div>
  );
};
