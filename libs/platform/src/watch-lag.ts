import type { Metrics } from './metrics.js';

export interface LagSources {
  /** what waits in the outbox of the service */
  readonly outbox: () => Promise<{ rows: number; oldestSeconds: number }>;
  /** what the service has not consumed yet, by topic */
  readonly consumer?: () => Promise<ReadonlyMap<string, number>>;
}

/** How far a service is behind: records that wait to be sent, and records that wait to be consumed. Looked at when metrics are read. */
export const watchLag = (metrics: Metrics, service: string, { outbox, consumer }: LagSources): void => {
  metrics.gauge('outbox_records', 'Records that wait in the outbox.', ['service'], async (gauge) =>
    gauge.set({ service }, (await outbox()).rows),
  );
  metrics.gauge(
    'outbox_oldest_seconds',
    'For how long the oldest record of the outbox has waited.',
    ['service'],
    async (gauge) => gauge.set({ service }, (await outbox()).oldestSeconds),
  );
  metrics.gauge(
    'bus_lag_records',
    'Records that the service has not consumed yet, by topic.',
    ['service', 'topic'],
    async (gauge) => {
      for (const [topic, records] of (await consumer?.()) ?? []) gauge.set({ service, topic }, records);
    },
  );
};
