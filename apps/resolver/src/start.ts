import { randomUUID } from 'node:crypto';
import type { Bus } from '@collection-sync/bus';
import type { Budget, LockStore } from '@collection-sync/core';
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
import { SERVICE, type ResolverContext } from './context.js';
import { Directories } from './directory/directories.js';
import { resolverMetrics } from './resolver-metrics.js';
import { ResolverModule } from './resolver.module.js';
import { DEFAULT_SETTINGS, type ResolverSettings } from './settings.js';

export interface ResolverParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly graph: GraphTenants;
  readonly locks: LockStore;
  readonly budget: Budget;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  /** health and metrics; none without it */
  readonly http?: { readonly port: number; readonly host?: string };
  readonly settings?: Partial<ResolverSettings>;
}

/** Starts the service on parts that its composition owns and closes after it. */
export const startResolver = async (parts: ResolverParts): Promise<RunningService> => {
  const { database, bus, log, health, metrics, http } = parts;
  const context: ResolverContext = {
    database,
    outbox: new Outbox(database),
    publisher: bus.publisher,
    graph: parts.graph,
    locks: parts.locks,
    budget: parts.budget,
    log,
    health,
    metrics: resolverMetrics(metrics),
    settings: { ...DEFAULT_SETTINGS, ...parts.settings },
    owner: randomUUID(),
  };
  watchLag(metrics, SERVICE, {
    outbox: () => outboxLag(database),
    consumer: async () => (await bus.lag?.(SERVICE)) ?? new Map(),
  });
  return runService({
    name: SERVICE,
    module: ResolverModule.with(context),
    state: bus.state(SERVICE),
    work: bus.work(SERVICE),
    workers: (app) => [new Relay(database, bus.publisher, { name: SERVICE, log }), app.get(Directories)],
    port: http?.port,
    host: http?.host,
    log,
    health,
    metrics,
    beforeStart: () => migrate(database, new URL('../migrations/', import.meta.url)),
  });
};
