import type { Metrics } from '@collection-sync/platform';

/** The numbers that say whether capture keeps up. */
export const captureMetrics = (metrics: Metrics) => ({
  reads: metrics.counter('capture_reads_total', 'Reads of a collection by verdict', ['verdict']),
  rows: metrics.counter('capture_rows_total', 'Rows that were requested of the source'),
  chunks: metrics.counter('capture_chunks_total', 'Chunks sent by content', ['content']),
  members: metrics.counter('capture_members_total', 'Adds and removes sent', ['change']),
  listing: metrics.histogram('capture_listing_seconds', 'Time of a listing of the collections'),
  read: metrics.histogram('capture_read_seconds', 'Time of a read of a collection', [], [0.1, 0.5, 1, 5, 15, 60, 300]),
});

export type CaptureMetrics = ReturnType<typeof captureMetrics>;
