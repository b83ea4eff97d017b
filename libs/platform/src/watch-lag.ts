import type { Metrics } from './metrics.js';

export interface LagSources {
  /** what waits in the outbox of the service */
  readonly outbox: () => Promise<{ rows: number; oldestSeconds: number }>;
  /** what the service has not consumed yet, by topic */
  readonly consumer?: () => Promise<ReadonlyMap<string, number>>;
}

/** How far a service is behind: records that wait to be sent, and records that wait to be consumed. */
export const watchLag = (metrics: Metrics, service: string, { outbox, consumer }: LagSources): void => {
  metrics.sampled('outbox_records', 'Records that wait in the outbox.', ['service'], async (observe) =>
    observe((await outbox()).rows, { service }),
  );
  metrics.sampled(
    'outbox_oldest_seconds',
    'For how long the oldest record of the outbox has waited.',
    ['service'],
    async (observe) => observe((await outbox()).oldestSeconds, { service }),
  );
  metrics.sampled(
    'bus_lag_records',
    'Records that the service has not consumed yet, by topic.',
    ['service', 'topic'],
    async (observe) => {
      for (const [topic, records] of (await consumer?.()) ?? []) observe(records, { service, topic });
    },
  );
};
