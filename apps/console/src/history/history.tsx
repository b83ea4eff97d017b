import { lazy, Suspense, type ReactNode } from 'react';
import { runsQuery } from '../api/queries.js';
import { useListing } from '../api/use-listing.js';
import { t } from '../i18n/t.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { DataTable } from '../ui/table.js';
import { RUN_COLUMNS } from './run-columns.js';

const RunCharts = lazy(async () => ({ default: (await import('./run-charts.js')).RunCharts }));

/** What was done to a group: each run, with its members and durations over time. */
export const History = ({ target }: { readonly target: string }): ReactNode => {
  const { rows: runs, more, error, retry, see } = useListing(runsQuery(target));
  if (error !== null && !more) return <ProblemState error={error} retry={retry} />;
  if (!runs) return <LoadingState label={t('tab.history')} />;
  if (runs.length === 0) return <EmptyState title={t('history.none')} hint={t('history.none.hint')} />;
  return (
    <>
      <Suspense fallback={<LoadingState label={t('history.charts')} />}>
        <RunCharts runs={runs} />
      </Suspense>
      <DataTable
        label={t('tab.history')}
        columns={RUN_COLUMNS}
        rows={runs}
        rowKey={({ id }) => id}
        more={more}
        onSee={see}
        problem={error}
        retry={retry}
        empty={null}
      />
    </>
  );
};
