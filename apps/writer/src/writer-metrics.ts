import type { Metrics } from '@collection-sync/platform';

const ENDINGS = ['completed', 'failed', 'cancelled'] as const;

/** From 0: the first run that fails is an increase, too. */
const runsEnded = (metrics: Metrics) => {
  const runs = metrics.counter('writer_runs_total', 'runs ended, by kind and ending', ['kind', 'ending']);
  for (const kind of ['full', 'incremental'] as const) for (const ending of ENDINGS) runs.inc({ kind, ending }, 0);
  return runs;
};

/** What the writer counts; the names are part of the operators' interface. */
export const writerMetrics = (metrics: Metrics) => ({
  merges: metrics.counter('writer_merges_total', 'transfers merged, by how they were answered', ['answer']),
  runs: runsEnded(metrics),
  runSeconds: metrics.histogram(
    'writer_run_seconds',
    'duration of runs',
    ['kind'],
    [0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200],
  ),
  batches: metrics.counter('writer_graph_batches_total', 'batches sent to Graph, by answer', ['tenant', 'answer']),
  writes: metrics.counter('writer_graph_writes_total', 'write requests sent to Graph', ['tenant', 'kind']),
  throttled: metrics.counter('writer_graph_throttled_total', 'write requests that Graph answered 429', ['tenant']),
  members: metrics.counter('writer_members_total', 'member outcomes', ['outcome']),
  unaccounted: metrics.counter(
    'writer_run_unaccounted_total',
    'changes of wish that a run could not account for; must stay 0',
  ),
  leaseLosses: metrics.counter('writer_lease_losses_total', 'runs that lost their lease before they ended'),
  mergeDelay: metrics.histogram(
    'writer_merge_delay_seconds',
    'from the read of a collection to its content in the ledger',
    ['content'],
    [1, 2, 5, 10, 30, 60, 300, 1_800],
  ),
  timeToJoin: metrics.histogram(
    'writer_time_to_join_seconds',
    'from the appearance of a directory object to its member in the group, for members that waited for it',
    [],
    [5, 15, 30, 60, 120, 300, 900, 3_600],
  ),
  held: metrics.counter('writer_plans_held_total', 'removal plans held by the guard', ['limit']),
});
export type WriterMetrics = ReturnType<typeof writerMetrics>;
