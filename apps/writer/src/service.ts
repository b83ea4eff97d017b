import { kafka } from '@collection-sync/bus';
import { env, Part } from '@collection-sync/core';
import { graphTenants, meteredGraph } from '@collection-sync/graph';
import { defineService, listening } from '@collection-sync/platform';
import { postgres } from '@collection-sync/postgres';
import { redisBudget, redisLeases } from '@collection-sync/redis';
import { z } from 'zod';
import { SERVICE } from './context.js';
import { CommandController } from './controllers/command.controller.js';
import { MappingController } from './controllers/mapping.controller.js';
import { MembershipChangeController } from './controllers/membership-change.controller.js';
import { watchBudgets } from './report/watch-budgets.js';
import { DEFAULT_SETTINGS, type WriterSettings } from './settings.js';
import { writerMetrics } from './writer-metrics.js';
import { WriterWorkers } from './writer-workers.js';

const settings = Part.define({
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

/** A connection for each run, and a few for what else is done. */
const connections = Part.define({
  uses: { settings, graph: graphTenants },
  make: ({ uses: { settings: given, graph } }) => ({
    max: 2 * (given.runs + graph.tenants().length) + 6,
    byKey: true,
  }),
});

const budget = redisBudget(graphTenants);

export const writer = defineService({
  name: SERVICE,
  parts: {
    settings,
    database: postgres(connections),
    graph: meteredGraph(budget),
    leases: redisLeases,
    budget,
    bus: kafka,
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: (metrics, { budget, graph }) => {
    watchBudgets(metrics, budget, graph);
    return writerMetrics(metrics, graph.tenants());
  },
  handlers: [MappingController, MembershipChangeController, CommandController],
  providers: () => [WriterWorkers],
  workers: (app) => [app.get(WriterWorkers)],
});
