import type { Bus } from '@collection-sync/bus';
import type { LockStore } from '@collection-sync/core';
import {
  runService,
  watchLag,
  type Health,
  type Logger,
  type Metrics,
  type RunningService,
} from '@collection-sync/platform';
import { migrate, Outbox, outboxLag, Relay, type Database } from '@collection-sync/postgres';
import { captureMetrics } from './capture-metrics.js';
import { CaptureModule } from './capture.module.js';
import { SERVICE, type CaptureContext, type Site } from './context.js';
import { DEFAULT_SETTINGS, type CaptureSettings } from './settings.js';
import { captureWorkers } from './workers.js';

export interface CaptureParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly http?: { readonly port: number; readonly host: string };
  readonly site: Site;
  readonly locks: LockStore;
  readonly settings?: Partial<CaptureSettings>;
}

const MIGRATIONS = new URL('../migrations/', import.meta.url);

export const migrateCapture = (database: Database): Promise<void> => migrate(database, MIGRATIONS);

/** Starts the service on the parts given; the caller closes the parts. */
export const startCapture = (parts: CaptureParts): Promise<RunningService> => {
  const { database, bus, health, log, metrics, http, site, locks } = parts;
  let wake = (): void => undefined;
  const context: CaptureContext = {
    database,
    site,
    locks,
    log,
    outbox: new Outbox(database),
    publisher: bus.publisher,
    metrics: captureMetrics(metrics),
    settings: { ...DEFAULT_SETTINGS, ...parts.settings },
    wake: () => wake(),
  };
  watchLag(metrics, SERVICE, {
    outbox: () => outboxLag(database),
    consumer: async () => (await bus.lag?.(SERVICE)) ?? new Map(),
  });
  return runService({
    name: SERVICE,
    module: CaptureModule.with(context),
    state: bus.state(SERVICE),
    work: bus.work(SERVICE),
    workers: () => {
      const work = captureWorkers(context, health);
      wake = work.wake;
      const relay = new Relay(database, bus.publisher, { name: SERVICE, log });
      return [relay, ...work.workers];
    },
    log,
    health,
    metrics,
    ...(http ?? {}),
    beforeStart: () => migrateCapture(database),
  });
};
