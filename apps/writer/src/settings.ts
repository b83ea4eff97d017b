import { CALL_DEADLINE_MS, LEASE_MS } from '@collection-sync/core';
import type { RetrySchedule } from './sql/entries.js';

export interface WriterSettings {
  /**
   * full runs under way in one process, and as many incremental ones; one more of each for each further tenant; one batch of each run is
   * in flight
   */
  readonly runs: number;
  /** merges under way in one process, each of another target */
  readonly merges: number;
  /** chunks, of up to 1,000 members each, that one step of a merge takes */
  readonly mergeChunks: number;
  readonly leaseMs: number;
  readonly deadlineMs: number;
  /** how long a listing may lag behind our own calls */
  readonly listingLagMs: number;
  readonly retry: RetrySchedule;
  /** a run waits for a retry that comes this soon, rather than to end */
  readonly patienceMs: number;
  /** the same where Graph does not know the object: it may have appeared a moment ago, or be gone */
  readonly freshPatienceMs: number;
  /** after a run that failed: doubling from the first to the second for as many runs, then on to the third */
  readonly restFirstMs: number;
  readonly restQuickMs: number;
  readonly restQuickRuns: number;
  readonly restMostMs: number;
  /** this many adds are verified with one read before they are sent */
  readonly verifyFrom: number;
  /** a refused PATCH is looked up in a listing of at most this many pages, else its members are sent one by one */
  readonly readBackPages: number;
  readonly progressMs: number;
  readonly pollMs: number;
  /** age at which a staged transfer is given up */
  readonly stagedHours: number;
  /** named points, for tests that kill the process there */
  readonly onPoint?: (name: string) => void | Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const DEFAULT_SETTINGS: WriterSettings = {
  runs: 8,
  merges: 3,
  mergeChunks: 10,
  leaseMs: LEASE_MS,
  deadlineMs: CALL_DEADLINE_MS,
  listingLagMs: 10 * MINUTE,
  retry: { firstMs: 1_000, mostMs: 4 * MINUTE, attempts: 10, slowFirstMs: 5 * MINUTE, slowMostMs: 24 * HOUR },
  patienceMs: 45_000,
  freshPatienceMs: 10_000,
  restFirstMs: 30_000,
  restQuickMs: 4 * MINUTE,
  restQuickRuns: 10,
  restMostMs: 6 * HOUR,
  verifyFrom: 100,
  readBackPages: 5,
  progressMs: 1_000,
  pollMs: 1_000,
  stagedHours: 26,
};
