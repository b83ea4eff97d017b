import { CALL_DEADLINE_MS, env, LEASE_MS, Part } from '@collection-sync/core';
import { z } from 'zod';
import type { RetrySchedule } from './store/answers.js';

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
  /** rows of a ledger that one step of a deletion forgets */
  readonly tearDownRows: number;
  readonly leaseMs: number;
  readonly deadlineMs: number;
  /** how long a listing may lag behind our own calls */
  readonly listingLagMs: number;
  readonly retry: RetrySchedule;
  /** a run waits for a retry that comes this soon, rather than to end */
  readonly maxRetryWaitMs: number;
  /** the same where Graph does not know the object: it may have appeared a moment ago, or be gone */
  readonly maxFreshWaitMs: number;
  /** after a run that failed: doubling from the first to the second for as many runs, then on to the third */
  readonly failureBackoffMinMs: number;
  readonly failureBackoffQuickMs: number;
  readonly failureBackoffQuickRuns: number;
  readonly failureBackoffMaxMs: number;
  /** this many adds are verified with one read before they are sent */
  readonly verifyFrom: number;
  /** between two rounds of the delta that tells what others change in groups */
  readonly followMs: number;
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
  tearDownRows: 20_000,
  leaseMs: LEASE_MS,
  deadlineMs: CALL_DEADLINE_MS,
  listingLagMs: 10 * MINUTE,
  retry: { firstMs: 1_000, mostMs: 4 * MINUTE, attempts: 10, slowFirstMs: 5 * MINUTE, slowMostMs: 24 * HOUR },
  maxRetryWaitMs: 45_000,
  maxFreshWaitMs: 10_000,
  failureBackoffMinMs: 30_000,
  failureBackoffQuickMs: 4 * MINUTE,
  failureBackoffQuickRuns: 10,
  failureBackoffMaxMs: 6 * HOUR,
  verifyFrom: 100,
  followMs: MINUTE / 2,
  readBackPages: 5,
  progressMs: 1_000,
  pollMs: 1_000,
  stagedHours: 26,
};

/** The settings that an administrator may change. */
export const settings = Part.define({
  environment: z.object({
    WRITER_RUNS: env
      .integer(1, 100)
      .prefault('8')
      .describe(
        'full runs under way at once in this process, and as many incremental ones; one more of each for each further tenant',
      ),
  }),
  make: ({ environment }): WriterSettings => ({ ...DEFAULT_SETTINGS, runs: environment.WRITER_RUNS }),
});
