import { kafka } from '@collection-sync/bus';
import { Part } from '@collection-sync/core';
import { entraTokens, graphTenants, meteredGraph } from '@collection-sync/graph';
import { defineService, listening } from '@collection-sync/platform';
import { postgres } from '@collection-sync/postgres';
import { redis } from '@collection-sync/redis';
import { SERVICE } from './context.js';
import { WriterHandlers } from './handlers.js';
import { watchBudgets } from './report/watch-budgets.js';
import { settings } from './settings.js';
import { writerMetrics } from './metrics.js';
import { WriterWorkers } from './workers.js';

/** A connection for each run, and a few for what else is done. */
const connections = Part.define({
  uses: { settings, graph: graphTenants },
  make: ({ uses: { settings: given, graph } }) => ({
    max: 2 * (given.runs + graph.tenants().length) + 6,
    byKey: true,
  }),
});

const { budget: budgetOf, leases } = redis(entraTokens);
const budget = budgetOf(graphTenants);

/**
 * Makes groups equal to what collections want, and reports every member.
 *
 *  1. Chunks, mappings and commands are stored                                         handlers.ts, merge/stage.ts
 *  2. A worker adopts the newest mapping of a target, with what it stops;
 *     another one tears the ledger of a deleted mapping down                           adopt/
 *  3. A transfer is merged into the ledger in steps, and answered                      merge/, store/merging.ts
 *  4. Removals are judged together; too many of them wait as a plan                    guard/, store/entry-states.ts
 *  5. A run claims the due target and takes its lease                                  run/claim-run.ts, run/lease-keeper.ts
 *  6. A full run first compares the ledger with the group                              run/full-listing.ts
 *     or its copy, which a delta of Graph keeps, checked against listings              copy/, run/read-copy.ts
 *  7. Batch after batch: book, write the call down, check the lease, send, record      run/apply-pending.ts, run/send-batch.ts
 *  8. What a dead writer left unanswered is asked again                                run/recover-calls.ts
 *  9. The run ends with its account, or with its reason                                run/end-run.ts, run/end-by-error.ts
 * 10. Operators cancel, retry, decide about plans, ask for reports and previews        act/, guard/plans.ts, preview/
 * 11. A comparison reports how the group differs from the ledger, and writes nothing   compare/
 * 12. Outcomes, steps of runs and budgets leave through the outbox                     report/
 */
export const writer = defineService({
  name: SERVICE,
  parts: {
    settings,
    database: postgres(entraTokens, connections),
    graph: meteredGraph(budget),
    leases,
    budget,
    bus: kafka(entraTokens),
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: (metrics, { budget, graph }) => {
    watchBudgets(metrics, budget, graph);
    return writerMetrics(metrics, graph.tenants());
  },
  handlers: [WriterHandlers],
  providers: () => [WriterWorkers],
  workers: (app) => [app.get(WriterWorkers)],
});
