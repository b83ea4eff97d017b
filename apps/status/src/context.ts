import type { MeteredGraph } from '@collection-sync/graph';
import type { Health, Logger } from '@collection-sync/platform';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { StatusSettings } from './settings.js';

export const SERVICE = 'status';

/** What the background work of status works with. */
export interface StatusContext {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly graph: MeteredGraph;
  readonly log: Logger;
  readonly health: Health;
  readonly settings: StatusSettings;
}
