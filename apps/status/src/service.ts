import { kafka } from '@collection-sync/bus';
import { entraTokens, graphTenants, MeteredGraph, meteredGraph } from '@collection-sync/graph';
import { defineService, listening } from '@collection-sync/platform';
import { Database, Outbox, postgres } from '@collection-sync/postgres';
import { inProcessBudget } from '@collection-sync/redis';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './auth/access.guard.js';
import { auth } from './auth/auth.env.js';
import { Authenticator } from './auth/authenticator.js';
import { Gate } from './auth/gate.js';
import { Commands } from './command/commands.js';
import { AnswerHeaders } from './http/answer-headers.js';
import { OpenApi } from './http/openapi.controller.js';
import { ProblemFilter } from './http/problem-filter.js';
import { Routes } from './http/routes.js';
import { secure } from './http/secure.js';
import { serverOptions } from './http/server.js';
import { serveConsole } from './http/serve-console.js';
import { SERVICE } from './context.js';
import { LiveFeed } from './live/live-feed.js';
import { LiveStreams } from './live/live-streams.js';
import { Mappings } from './map/mappings.js';
import { watchInstallation } from './maintain/watch-installation.js';
import { Handlers } from './handlers.js';
import { allContracts, apiDocument, ROUTES } from './routes.js';
import { settings } from './settings.js';
import { statusWorkers } from './workers.js';
import { ExportFiles } from './show/export-files.js';
import { Installation } from './show/installation.js';

// it reads only, seldom, and as an application of its own: what other services book does not concern it, and it holds no account of Redis
const budget = inProcessBudget(graphTenants);

/**
 * The operators' API. Its flow:
 * 1. handlers.ts takes mappings, collections, upstreams, results, runs and dead letters, and stores them.
 * 2. project/ turns a target's results and runs into its members, runs and plans, and recomputes its row of the overview.
 * 3. show/ and explain/ answer what operators ask; live/ pushes what changed.
 * 4. map/ creates and changes mappings, command/ sends commands and decisions: a row, an outbox record and a line of the audit log in one
 *    transaction.
 * 5. watch/ looks at mapped groups, and sends the full runs that have their times: nothing else notices what is changed in Entra.
 * 6. audit/ seals the audit log and publishes its lines; maintain/ asks for reports at a gap, publishes mappings again daily, and drops what is
 *    past its retention.
 * store/ has the SQL, http/ and auth/ the shell of the API.
 */
export const status = defineService({
  name: SERVICE,
  parts: {
    settings,
    database: postgres(entraTokens, { max: 20 }),
    graph: meteredGraph(budget),
    auth,
    bus: kafka(entraTokens),
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: (metrics, { database }) => {
    watchInstallation(metrics, database);
    return { refused: metrics.counter('requests_refused_total', 'Requests refused by sign-in or role.', ['status']) };
  },
  handlers: [Handlers],
  routes: ROUTES,
  providers: (context) => {
    const { database, outbox, graph, auth: authenticator, log, health, metrics } = context;
    return [
      { provide: Database, useValue: database },
      { provide: Outbox, useValue: outbox },
      { provide: MeteredGraph, useValue: graph },
      { provide: Authenticator, useValue: authenticator },
      { provide: Gate, useValue: new Gate({ authenticator, health, log, refused: metrics.refused }) },
      LiveStreams,
      { provide: Commands, useValue: new Commands(database, outbox, context.settings) },
      { provide: LiveFeed, useValue: new LiveFeed(database, log, health) },
      { provide: OpenApi, useValue: new OpenApi(apiDocument()) },
      { provide: Installation, useValue: new Installation(context.settings.demo) },
      { provide: ExportFiles, useValue: new ExportFiles(context.settings) },
      { provide: Mappings, useValue: new Mappings(database, outbox, graph, context.settings) },
      { provide: APP_GUARD, useValue: new AccessGuard() },
      { provide: APP_INTERCEPTOR, useValue: new AnswerHeaders() },
      { provide: APP_FILTER, useValue: new ProblemFilter(log) },
    ];
  },
  server: ({ settings: given }) => serverOptions(given.trustProxy),
  configure: async (app, context) => {
    const { failedSignIns, consoleFolder } = context.settings;
    await secure(app, {
      routes: new Routes(allContracts()),
      gate: app.get(Gate),
      authenticator: app.get(Authenticator),
      failedSignIns,
    });
    await serveConsole(app, consoleFolder);
  },
  workers: (app, context) => statusWorkers(app, context),
});
