import { kafka } from '@collection-sync/bus';
import { adminService } from '@collection-sync/configmgr';
import { env, Part } from '@collection-sync/core';
import { defineService, listening } from '@collection-sync/platform';
import { postgres } from '@collection-sync/postgres';
import { redisLocks } from '@collection-sync/redis';
import { z } from 'zod';
import { captureMetrics } from './capture-metrics.js';
import { SERVICE, type Site } from './context.js';
import { CommandController } from './handlers/command.controller.js';
import { DirectoryController } from './handlers/directory.controller.js';
import { MappingController } from './handlers/mapping.controller.js';
import { DEFAULT_SETTINGS, type CaptureSettings } from './settings.js';
import { watchCollections } from './watch-collections.js';
import { captureWorkers } from './workers.js';

const settings = Part.define({
  environment: z.object({
    SITE_ROWS_PER_SECOND: env.integer(1).prefault('2000').describe('rows that the site is asked for in the long run'),
    SITE_TICK_SECONDS: env.seconds().prefault('30').describe("how often the site's collections are listed"),
  }),
  make: ({ environment }): CaptureSettings => ({
    ...DEFAULT_SETTINGS,
    rowsPerSecond: environment.SITE_ROWS_PER_SECOND,
    burstRows: environment.SITE_ROWS_PER_SECOND * 60,
    tickMs: environment.SITE_TICK_SECONDS,
  }),
});

const site: Part<Site> = adminService;

export const capture = defineService({
  name: SERVICE,
  parts: {
    settings,
    // the first commit of a million members on a busy server takes minutes
    database: postgres({ max: 20, statementTimeoutMs: 600_000 }),
    locks: redisLocks,
    bus: kafka,
    site,
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: (metrics, { database }) => {
    watchCollections(metrics, database);
    return captureMetrics(metrics);
  },
  handlers: [MappingController, DirectoryController, CommandController],
  workers: (_, context) => [captureWorkers(context)],
});
