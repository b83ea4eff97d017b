import { runKind } from '@collection-sync/core';
import type { Metrics } from '@collection-sync/platform';

const LIMITS = ['maxRemovals', 'maxShare', 'emptying'] as const;
const READ_BY = ['copy', 'listing'] as const;
const ENDINGS = ['completed', 'failed', 'cancelled'] as const;

/** What the writer counts; the names are part of the operators' interface. */
export const writerMetrics = (metrics: Metrics, tenants: readonly string[] = []) => ({
  merges: metrics.counter('writer_merges_total', 'transfers merged, by how they were answered', ['answer']),
  runs: metrics.counter(
    'writer_runs_total',
    'runs ended, by kind and ending',
    ['kind', 'ending'],
    runKind.options.flatMap((kind) => ENDINGS.map((ending) => ({ kind, ending }))),
  ),
  runSeconds: metrics.histogram(
    'writer_run_seconds',
    'duration of runs',
    ['kind'],
    [0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200],
  ),
  batches: metrics.counter('writer_graph_batches_total', 'batches sent to Graph, by answer', ['tenant', 'answer']),
  writes: metrics.counter('writer_graph_writes_total', 'write requests sent to Graph', ['tenant', 'kind']),
  throttled: metrics.counter(
    'writer_graph_throttled_total',
    'write requests that Graph answered 429',
    ['tenant'],
    tenants.map((tenant) => ({ tenant })),
  ),
  members: metrics.counter('writer_members_total', 'member outcomes', ['outcome']),
  unaccounted: metrics.counter(
    'writer_run_unaccounted_total',
    'changes of desired state that a run could not account for; must stay 0',
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
  fullRunReads: metrics.counter(
    'writer_full_run_reads_total',
    'full runs, by what told them who is in the group: its copy, or a listing',
    ['by'],
    READ_BY.map((by) => ({ by })),
  ),
  copiesDiffer: metrics.counter(
    'writer_group_copies_differ_total',
    'copies of groups that two checks in a row found other than listings; they are made anew',
    ['tenant'],
    tenants.map((tenant) => ({ tenant })),
  ),
  copyPasses: metrics.counter(
    'writer_group_copy_passes_total',
    'passes that read the members of groups anew',
    ['tenant'],
    tenants.map((tenant) => ({ tenant })),
  ),
  held: metrics.counter(
    'writer_plans_held_total',
    'removal plans held by the guard',
    ['limit'],
    LIMITS.map((limit) => ({ limit })),
  ),
});
export type WriterMetrics = ReturnType<typeof writerMetrics>;
