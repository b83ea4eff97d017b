import type { LockStore, Publisher } from '@collection-sync/core';
import type { AdminService } from '@collection-sync/configmgr';
import type { Health, Logger } from '@collection-sync/platform';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { CaptureMetrics } from './capture-metrics.js';
import type { CaptureSettings } from './settings.js';

/** What capture reads of a site. */
export type Site = Pick<
  AdminService,
  'siteCode' | 'collections' | 'collection' | 'members' | 'isMember' | 'resources' | 'allResources' | 'productRelations'
>;

/** What every step of capture works with. */
export interface CaptureContext {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly publisher: Publisher;
  readonly site: Site;
  readonly locks: LockStore;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: CaptureMetrics;
  readonly settings: CaptureSettings;
  /** Something may be due: the workers of this process look at once. */
  readonly wake: () => void;
}

export const SERVICE = 'capture';
