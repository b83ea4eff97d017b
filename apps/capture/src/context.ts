import type { LockStore, MembershipSource, Publisher } from '@collection-sync/core';
import type { Health, Logger } from '@collection-sync/platform';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { CaptureMetrics } from './metrics.js';
import type { CaptureSettings } from './settings.js';

/** What every step of capture works with. */
export interface CaptureContext {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly publisher: Publisher;
  readonly source: MembershipSource;
  readonly locks: LockStore;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: CaptureMetrics;
  readonly settings: CaptureSettings;
  /** Something may be due: the workers of this process look at once. */
  readonly wake: () => void;
}

export const SERVICE = 'capture';
