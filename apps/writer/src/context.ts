import type { Budget, LeaseStore } from '@collection-sync/core';
import type { MeteredGraph } from '@collection-sync/graph';
import type { Health, Logger } from '@collection-sync/platform';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { WriterMetrics } from './metrics.js';
import type { WriterSettings } from './settings.js';

export const SERVICE = 'writer';

/** What every part of the writer works with. */
export interface WriterContext {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly graph: MeteredGraph;
  readonly leases: LeaseStore;
  readonly budget: Budget;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: WriterMetrics;
  readonly settings: WriterSettings;
}
