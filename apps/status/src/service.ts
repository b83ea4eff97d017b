import { kafka } from '@collection-sync/bus';
import { env, Part } from '@collection-sync/core';
import { entraTokens, graphTenants, MeteredGraph, meteredGraph } from '@collection-sync/graph';
import { defineService, listening, Loop, type Worker } from '@collection-sync/platform';
import { Database, Outbox, postgres } from '@collection-sync/postgres';
import { inProcessBudget } from '@collection-sync/redis';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { z } from 'zod';
import { AccessGuard } from './auth/access.guard.js';
import { sealAuditLog } from './audit/seal-audit-log.js';
import { auth, type StatusAuth } from './auth/auth.env.js';
import { Authenticator } from './auth/authenticator.js';
import { Gate } from './auth/gate.js';
import { LocalTokenAuthenticator } from './auth/local-token.js';
import { OidcAuthenticator } from './auth/oidc.js';
import { Commands } from './command/commands.js';
import { AnswerHeaders } from './http/answer-headers.js';
import { OpenApi } from './http/openapi.controller.js';
import { ProblemFilter } from './http/problem-filter.js';
import { Routes } from './http/routes.js';
import { secure } from './http/secure.js';
import { serverOptions } from './http/server.js';
import { serveConsole } from './http/serve-console.js';
import { LiveFeed } from './live/live-feed.js';
import { LiveStreams } from './live/live-streams.js';
import { isMappableRule } from './map/mappable.js';
import { Mappings } from './map/mappings.js';
import { watchInstallation } from './maintain/watch-installation.js';
import { Handlers } from './handlers.js';
import { askForReports, deleteOldRows, republishMappings } from './maintain/upkeep.js';
import { allContracts, apiDocument, ROUTES } from './routes.js';
import { DEFAULT_SETTINGS, type StatusSettings } from './settings.js';
import { ExportFiles } from './show/export-files.js';
import { Installation } from './show/installation.js';
import { planRuns } from './watch/plan-runs.js';
import { watchGroups } from './watch/watch-groups.js';
import { watchPermissions } from './watch/watch-permissions.js';

const MINUTE_MS = 60_000;
/** tokens live an hour: a permission that was granted shows in the next one */
const PERMISSIONS_MS = 10 * MINUTE_MS;

const settings = Part.define({
  environment: z.object({
    CONSOLE_FOLDER: env
      .text()
      .optional()
      .describe('folder of the console’s built files, instead of the one beside this program'),
    AUDIT_RETENTION_DAYS: env
      .integer(30, 36_500)
      .prefault('730')
      .describe('days after which a line of the audit log goes, at least 30'),
    GROUP_CHECK_SECONDS: env
      .seconds()
      .prefault('300')
      .describe('how often each mapped group is looked at: whether it exists, its kind and its name'),
    MAPPABLE_GROUPS: env
      .list()
      .refine(
        (rules) => rules.every(isMappableRule),
        'must name ids, beginnings of names with *, unit:<id>, owner:<id>',
      )
      .optional()
      .describe(
        'groups that may be synchronised: object ids, beginnings of names such as Intune-*, unit:<id of an administrative unit>, owner:<object id, such as that of the writer’s service principal>; all without it',
      ),
    APPROVAL_BY_ANOTHER: env
      .flag()
      .default(false)
      .describe(
        'true refuses the approval of held removals by who changed the mapping or asked for the run in the day before',
      ),
    DEMO_TOUR: env
      .flag()
      .default(false)
      .describe('true says that site and tenant are simulated: the first page of the console offers a tour'),
    TRUST_PROXY: env
      .list()
      .optional()
      .describe(
        'addresses or networks of the proxies in front, such as 10.0.0.0/8: the callers that they name are believed',
      ),
  }),
  make: ({ environment }): StatusSettings => ({
    ...DEFAULT_SETTINGS,
    groupCheckSeconds: environment.GROUP_CHECK_SECONDS / 1_000,
    consoleFolder: environment.CONSOLE_FOLDER,
    keepAuditDays: environment.AUDIT_RETENTION_DAYS,
    mappableGroups: environment.MAPPABLE_GROUPS,
    approvalByAnother: environment.APPROVAL_BY_ANOTHER,
    trustProxy: environment.TRUST_PROXY,
    demo: environment.DEMO_TOUR,
  }),
});

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
  name: 'status',
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
    const { database, outbox, graph, log, health, metrics } = context;
    const authenticator = authenticatorOf(context.auth);
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
  workers: (app, context) => {
    const { settings: given, database, outbox, log, health } = context;
    const loop = (name: string, everyMs: number, tick: (signal: AbortSignal) => Promise<boolean>): Worker =>
      new Loop({ name, everyMs, tick, log, health });
    return [
      app.get(LiveFeed),
      loop('reports', given.tickMs, () => askForReports(database, app.get(Commands), given)),
      loop('groups', given.tickMs, (signal) => watchGroups(context, signal)),
      loop('permissions', PERMISSIONS_MS, async () => {
        await watchPermissions({ graph: context.graph, health, log });
        return false;
      }),
      loop('planned runs', given.tickMs, () => planRuns(database, app.get(Commands))),
      loop('republish', MINUTE_MS, () => republishMappings(database, outbox, given)),
      loop('audit', given.tickMs, () => sealAuditLog(database, outbox, log)),
      loop('retention', MINUTE_MS, () => deleteOldRows(database, given)),
    ];
  },
});

const authenticatorOf = (given: StatusAuth): Authenticator =>
  given.mode === 'token' ? new LocalTokenAuthenticator(given.token) : new OidcAuthenticator(given);
