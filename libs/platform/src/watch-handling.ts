import type { Metrics } from './metrics.js';
import { traceHandling } from './tracing/trace-handling.js';

const SECONDS = [0.05, 0.25, 1, 5, 15, 60, 300, 1_800, 14_400];

/** Around the handling of each batch of work: a span, how many records, and how old they were when they were done with. */
export const watchHandling = (metrics: Metrics): typeof traceHandling => {
  const handled = metrics.counter('bus_records_total', 'Records handled, by topic.', ['topic']);
  const delay = metrics.histogram(
    'bus_delay_seconds',
    'From when a record was made to when it was handled, by topic.',
    ['topic'],
    SECONDS,
  );
  return async (topic, records, work) => {
    await traceHandling(topic, records, work);
    handled.inc({ topic }, records.length);
    for (const { headers } of records) {
      const age = Date.now() - Date.parse(headers['ce_time'] ?? '');
      if (age >= 0) delay.observe({ topic }, age / 1_000);
    }
  };
};
