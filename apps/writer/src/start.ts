import type { Bus } from '@collection-sync/bus';
import type { Budget, LeaseStore } from '@collection-sync/core';
import type { GraphTenants } from '@collection-sync/graph';
import {
  runService,
  watchLag,
  type Health,
  type Logger,
  type Metrics,
  type RunningService,
} from '@collection-sync/platform';
import { migrate, Outbox, outboxLag, Relay, type Database } from '@collection-sync/postgres';
import { watchBudgets } from './report/watch-budgets.js';
import { SERVICE, type WriterContext } from './context.js';
import { DEFAULT_SETTINGS, type WriterSettings } from './settings.js';
import { writerMetrics } from './writer-metrics.js';
import { WriterWorkers } from './writer-workers.js';
import { WriterModule } from './writer.module.js';

export interface WriterParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly graph: GraphTenants;
  readonly leases: LeaseStore;
  readonly budget: Budget;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  /** health and metrics; none without it */
  readonly http?: { readonly port: number; readonly host?: string };
  readonly settings?: Partial<WriterSettings>;
}

export const MIGRATIONS = new URL('../migrations/', import.meta.url);

export const writerContext = (parts: Omit<WriterParts, 'bus' | 'http'>): WriterContext => ({
  database: parts.database,
  outbox: new Outbox(parts.database),
  graph: parts.graph,
  leases: parts.leases,
  budget: parts.budget,
  log: parts.log,
  health: parts.health,
  metrics: writerMetrics(parts.metrics),
  settings: { ...DEFAULT_SETTINGS, ...parts.settings },
});

/** Starts the service on parts that its composition owns and closes after it. */
export const startWriter = async (parts: WriterParts): Promise<RunningService> => {
  const { database, bus, log, health, metrics, http } = parts;
  watchBudgets(metrics, parts.budget, parts.graph);
  watchLag(metrics, SERVICE, {
    outbox: () => outboxLag(database),
    consumer: async () => (await bus.lag?.(SERVICE)) ?? new Map(),
  });
  return runService({
    name: SERVICE,
    module: WriterModule.with(writerContext(parts)),
    state: bus.state(SERVICE),
    work: bus.work(SERVICE),
    workers: (app) => [new Relay(database, bus.publisher, { name: SERVICE, log }), app.get(WriterWorkers)],
    port: http?.port,
    host: http?.host,
    log,
    health,
    metrics,
    beforeStart: () => migrate(database, MIGRATIONS),
  });
};
