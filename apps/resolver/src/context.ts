import type { LockStore, Publisher } from '@collection-sync/core';
import type { MeteredGraph } from '@collection-sync/graph';
import type { Health, Logger } from '@collection-sync/platform';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { ResolverMetrics } from './metrics.js';
import type { ResolverSettings } from './settings.js';

export const SERVICE = 'resolver';

/** What every use case works with. */
export interface ResolverContext {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly publisher: Publisher;
  readonly graph: MeteredGraph;
  readonly locks: LockStore;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: ResolverMetrics;
  readonly settings: ResolverSettings;
  /** names this process in locks */
  readonly owner: string;
}
