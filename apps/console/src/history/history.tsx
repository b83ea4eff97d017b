import { lazy, Suspense, useCallback, useMemo, type ReactNode } from 'react';
import { runsQuery, type RunFilter } from '../api/queries.js';
import { useListing } from '../api/use-listing.js';
import { t } from '../i18n/t.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { DataTable } from '../ui/table.js';
import { useAddress } from '../ui/use-address.js';
import { runColumns } from './run-columns.js';
import { RunDrawer } from './run-drawer.js';
import { useRunFilter } from './run-filter.js';
import { RunFilterBar } from './run-filter-bar.js';

const RunCharts = lazy(async () => ({ default: (await import('./run-charts.js')).RunCharts }));

/** What was done to a group: each run, with its members and durations over time. */
export const History = ({ target }: { readonly target: string }): ReactNode => {
  const { opened, open } = useOpenedRun();
  const view = useRunFilter();
  return (
    <>
      <RunFilterBar view={view} />
      <Runs target={target} filter={view.filter} onOpen={open} />
      {opened !== null && <RunDrawer id={opened} onClose={() => open(null)} />}
    </>
  );
};

interface RunsProps {
  readonly target: string;
  readonly filter: RunFilter;
  readonly onOpen: (id: string) => void;
}

const Runs = ({ target, filter, onOpen }: RunsProps): ReactNode => {
  const columns = useMemo(() => runColumns(onOpen), [onOpen]);
  const { hash, rows: runs, more, error, retry, see } = useListing(runsQuery(target, filter));
  if (error !== null && !more) return <ProblemState error={error} retry={retry} />;
  if (!runs) return <LoadingState label={t('tab.history')} />;
  if (runs.length === 0) {
    const filtered = Object.keys(filter).length > 0;
    return filtered ? (
      <EmptyState title={t('history.noneFit')} hint={t('history.noneFit.hint')} />
    ) : (
      <EmptyState title={t('history.none')} hint={t('history.none.hint')} />
    );
  }
  return (
    <>
      <Suspense fallback={<LoadingState label={t('history.charts')} />}>
        <RunCharts runs={runs} />
      </Suspense>
      <DataTable
        label={t('tab.history')}
        name="history"
        listing={hash}
        columns={columns}
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

/** The run that is looked at is in the address, so that it can be shown to somebody else. */
const useOpenedRun = (): { opened: string | null; open: (id: string | null) => void } => {
  const { params, change } = useAddress();
  const open = useCallback((id: string | null) => change({ run: id }), [change]);
  return { opened: params.get('run'), open };
};
