import { lazy, Suspense, useCallback, useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { runsQuery } from '../api/queries.js';
import { useListing } from '../api/use-listing.js';
import { t } from '../i18n/t.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { DataTable } from '../ui/table.js';
import { runColumns } from './run-columns.js';
import { RunDrawer } from './run-drawer.js';

const RunCharts = lazy(async () => ({ default: (await import('./run-charts.js')).RunCharts }));

/** What was done to a group: each run, with its members and durations over time. */
export const History = ({ target }: { readonly target: string }): ReactNode => {
  const { opened, open } = useOpenedRun();
  const columns = useMemo(() => runColumns(open), [open]);
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
        columns={columns}
        rows={runs}
        rowKey={({ id }) => id}
        more={more}
        onSee={see}
        problem={error}
        retry={retry}
        empty={null}
      />
      {opened !== null && <RunDrawer id={opened} onClose={() => open(null)} />}
    </>
  );
};

/** The run that is looked at is in the address, so that it can be shown to somebody else. */
const useOpenedRun = (): { opened: string | null; open: (id: string | null) => void } => {
  const [params, setParams] = useSearchParams();
  const open = useCallback(
    (id: string | null) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (id === null) after.delete('run');
          else after.set('run', id);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { opened: params.get('run'), open };
};
