import type { CaptureSettings } from '@collection-sync/capture';
import type { ResolverSettings } from '@collection-sync/resolver';
import type { StatusSettings } from '@collection-sync/status';
import type { WriterSettings } from '@collection-sync/writer';

/** The times of production, shortened: the same code, so that a lease runs out in seconds. */
export const LEASE_MS = 4_000;
export const DEADLINE_MS = 3_000;

/** What is waited for until nothing differs any more, on a machine that has a load of 50 too; where a promise holds, it takes seconds. */
export const CONVERGES_MS = 180_000;

export const SETTINGS = {
  capture: {
    tickMs: 500,
    pollMs: 200,
    readPauseMs: 100,
    retryMs: 500,
    retryMaxMs: 2_000,
    claimMs: 5_000,
    resendMs: 5_000,
    resendMaxMs: 20_000,
    identityScanMs: 1_000,
    rowsPerSecond: 100_000,
    burstRows: 1_000_000,
    // several chunks for a few members
    chunkMembers: 4,
  },
  resolver: { feedEveryMs: 500, lockMs: 5_000, reportEveryMs: 5_000, unavailableAfterMs: 5_000 },
  writer: {
    // few, so that one tenant could take them all
    runs: 3,
    leaseMs: LEASE_MS,
    deadlineMs: DEADLINE_MS,
    pollMs: 200,
    maxRetryWaitMs: 3_000,
    failureBackoffMinMs: 500,
    failureBackoffQuickMs: 2_000,
    failureBackoffMaxMs: 2_000,
    retry: { firstMs: 200, mostMs: 1_000, attempts: 5, slowFirstMs: 1_000, slowMostMs: 2_000 },
  },
  status: { reportAgainSeconds: 2, reportLateSeconds: 10 },
} as const satisfies {
  capture: Partial<CaptureSettings>;
  resolver: Partial<ResolverSettings>;
  writer: Partial<WriterSettings>;
  status: Partial<StatusSettings>;
};

export type Service = keyof typeof SETTINGS;

/** Processes of each service. */
export const REPLICAS: Readonly<Record<Service, number>> = { capture: 2, resolver: 3, writer: 3, status: 1 };
