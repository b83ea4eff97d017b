import type { Health } from './health.js';
import type { Metrics } from './metrics.js';

/** Each part of a service that is known to health: 1 when it works, 0 when it waits or is down. */
export const watchHealth = (metrics: Metrics, health: Health): void => {
  metrics.gauge(
    'part_ok',
    'Whether a part of the service works: 1, or 0 when it waits or is down.',
    ['part'],
    (gauge) => {
      for (const [part, { state }] of Object.entries(health.report().parts))
        gauge.set({ part }, state === 'ok' ? 1 : 0);
    },
  );
};
