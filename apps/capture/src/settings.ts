import { CHUNK_MEMBERS, env, Part } from '@collection-sync/core';
import { z } from 'zod';

/** Everything that a deployment or a test may want to change. Times in milliseconds. */
export interface CaptureSettings {
  /** between two listings of the site's collections */
  readonly tickMs: number;
  /** how often the database is searched for work that another replica left, or whose time has come */
  readonly pollMs: number;
  /** rows per second that are requested of the source in the long run, and how many at once after a pause */
  readonly rowsPerSecond: number;
  readonly burstRows: number;
  /** collections that one replica serves at once, and how many of these may be periodic reads */
  readonly slots: number;
  readonly periodicSlots: number;
  /** attempts within one read while what the site says does not agree with itself, and the pause between them */
  readonly readAttempts: number;
  readonly readPauseMs: number;
  /** a read that was not complete, or a site that failed, is tried again after this, doubling up to the second; sooner than the schedule */
  readonly retryMs: number;
  readonly retryMaxMs: number;
  /** leavers that are confirmed one by one when the site evaluated meanwhile; more of them wait for a calm read */
  readonly confirmedLeavers: number;
  /** a claim that shows no sign of life for so long is another's */
  readonly claimMs: number;
  /** without `merged` for so long after the last chunk's ack, content goes again as complete; doubles up to the second */
  readonly resendMs: number;
  readonly resendMaxMs: number;
  /** members of completes under way without an answer */
  readonly unansweredMembers: number;
  /** each target gets its complete content so often */
  readonly completeMs: number;
  /** requests for members without identity in one tick, and resources in one request */
  readonly identityRequests: number;
  readonly identityBatch: number;
  /** least time between two scans for members without identity */
  readonly identityScanMs: number;
  /** time between two looks at all identities */
  readonly identityAllMs: number;
  readonly relationsMs: number;
  /** compacted records are published again so often */
  readonly republishMs: number;
  readonly heartbeatMs: number;
  /** how long sent transfers are remembered, and content that no mapping wants any more is kept */
  readonly keptMs: number;
  /** members in one chunk, and rows in one statement; core's limit by default */
  readonly chunkMembers: number;
  /** fault tests stop here; nothing else passes it */
  readonly onPoint?: (name: string) => void | Promise<void>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const DEFAULT_SETTINGS: CaptureSettings = {
  tickMs: 30_000,
  pollMs: 1_000,
  rowsPerSecond: 2_000,
  burstRows: 120_000,
  slots: 8,
  periodicSlots: 5,
  readAttempts: 3,
  readPauseMs: 2_000,
  retryMs: 15_000,
  retryMaxMs: 2 * MINUTE,
  confirmedLeavers: 500,
  claimMs: MINUTE,
  resendMs: 15 * MINUTE,
  resendMaxMs: DAY,
  unansweredMembers: 1_000_000,
  completeMs: DAY,
  identityRequests: 20,
  identityBatch: 100,
  identityScanMs: 15 * MINUTE,
  identityAllMs: DAY,
  relationsMs: 15 * MINUTE,
  republishMs: DAY,
  heartbeatMs: MINUTE,
  keptMs: 8 * DAY,
  chunkMembers: CHUNK_MEMBERS,
};

export const settings = Part.define({
  environment: z.object({
    SOURCE_ROWS_PER_SECOND: env
      .integer(1)
      .prefault('2000')
      .describe('rows that are requested of the source in the long run')
      .meta({ formerly: 'SITE_ROWS_PER_SECOND' }),
    SOURCE_TICK_SECONDS: env
      .seconds()
      .prefault('30')
      .describe("how often the source's collections are listed")
      .meta({ formerly: 'SITE_TICK_SECONDS' }),
  }),
  make: ({ environment }): CaptureSettings => ({
    ...DEFAULT_SETTINGS,
    rowsPerSecond: environment.SOURCE_ROWS_PER_SECOND,
    burstRows: environment.SOURCE_ROWS_PER_SECOND * 60,
    tickMs: environment.SOURCE_TICK_SECONDS,
  }),
});
