import type { Metrics } from '@collection-sync/platform';
import { KINDS } from './store/kinds.js';

const CHANGES = ['appeared', 'changed', 'gone'] as const;
const SECONDS = [1, 5, 15, 30, 60, 120, 300, 900, 3_600, 14_400, 86_400];

export type ResolverMetrics = ReturnType<typeof resolverMetrics>;

export const resolverMetrics = (metrics: Metrics) => ({
  ready: metrics.gauge('resolver_directory_ready', '1 when the mirror of a tenant may be resolved from.', ['tenant']),
  objects: metrics.gauge('resolver_directory_objects', 'Objects in the mirror of a tenant.', ['tenant', 'kind']),
  pages: metrics.counter('resolver_directory_pages_total', 'Delta pages read from Microsoft Graph.', ['kind']),
  passes: metrics.counter('resolver_directory_passes_total', 'Full passes over a directory that were finished.', [
    'kind',
  ]),
  doubted: metrics.counter(
    'resolver_directory_passes_doubted_total',
    'Full passes that lost too much to be believed.',
    ['kind'],
    KINDS.map((kind) => ({ kind })),
  ),
  leftOut: metrics.counter(
    'resolver_directory_rows_left_out_total',
    'Rows of delta pages that could not be read.',
    ['kind'],
    KINDS.map((kind) => ({ kind })),
  ),
  differences: metrics.counter(
    'resolver_directory_changes_total',
    'Objects announced to have changed.',
    ['kind', 'change'],
    KINDS.flatMap((kind) => CHANGES.map((change) => ({ kind, change }))),
  ),
  chunks: metrics.counter('resolver_chunks_total', 'Chunks of membership, by target.', ['outcome']),
  members: metrics.counter(
    'resolver_members_total',
    'Members resolved, by reason; "resolved" for those with an object.',
    ['reason'],
  ),
  lateJoin: metrics.histogram(
    'resolver_late_join_seconds',
    'From when a record appeared in the directory (at the earliest) to when its member was sent on to the writer.',
    [],
    SECONDS,
  ),
});
