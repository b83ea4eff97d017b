import { kafka } from '@collection-sync/bus';
import { env, Part } from '@collection-sync/core';
import { graphTenants } from '@collection-sync/graph';
import { defineService, listening } from '@collection-sync/platform';
import { postgres } from '@collection-sync/postgres';
import { redisBudget, redisLocks } from '@collection-sync/redis';
import { z } from 'zod';
import { SERVICE } from './context.js';
import { MappingController } from './controllers/mapping.controller.js';
import { MembershipDeltaController } from './controllers/membership-delta.controller.js';
import { Directories } from './directory/directories.js';
import { ForwardMembership } from './resolve/forward-membership.js';
import { resolverMetrics } from './resolver-metrics.js';
import { DEFAULT_SETTINGS, type ResolverSettings } from './settings.js';

const settings = Part.define({
  environment: z.object({
    DIRECTORY_POLL_SECONDS: env.seconds().prefault('30').describe('how often Microsoft Graph is asked for changes'),
  }),
  make: ({ environment }): ResolverSettings => ({
    ...DEFAULT_SETTINGS,
    feedEveryMs: environment.DIRECTORY_POLL_SECONDS,
  }),
});

export const resolver = defineService({
  name: SERVICE,
  parts: {
    settings,
    database: postgres(),
    graph: graphTenants,
    locks: redisLocks,
    budget: redisBudget(graphTenants),
    bus: kafka,
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: resolverMetrics,
  handlers: [MappingController, MembershipDeltaController],
  providers: (context) => [
    { provide: Directories, useFactory: () => new Directories(context) },
    { provide: ForwardMembership, useFactory: () => new ForwardMembership(context) },
  ],
  workers: (app) => [app.get(Directories)],
});
