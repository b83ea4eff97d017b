import type { Bus } from '@collection-sync/bus';
import type { GraphTenants } from '@collection-sync/graph';
import {
  Loop,
  runService,
  watchLag,
  type Health,
  type Logger,
  type Metrics,
  type RunningService,
  type Worker,
} from '@collection-sync/platform';
import { migrate, Outbox, outboxLag, Relay, type Database } from '@collection-sync/postgres';
import type { FastifyInstance } from 'fastify';
import { Authenticator } from './auth/authenticator.js';
import { LocalTokenAuthenticator } from './auth/local-token.js';
import { OidcAuthenticator, type OidcOptions } from './auth/oidc.js';
import { Commands } from './commands/commands.js';
import { secure } from './http/secure.js';
import { serveConsole } from './http/serve-console.js';
import { LiveFeed } from './live/live-feed.js';
import { watchInstallation } from './metrics/watch-installation.js';
import { askForReports, deleteOldRows, republishMappings } from './retention/upkeep.js';
import { DEFAULT_SETTINGS, type StatusSettings } from './settings.js';
import { allContracts, StatusModule } from './status.module.js';

export type StatusAuth = { readonly mode: 'token'; readonly token: string } | ({ readonly mode: 'oidc' } & OidcOptions);

export interface StatusParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly graph: GraphTenants;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly auth: StatusAuth;
  readonly http?: { readonly port: number; readonly host?: string };
  readonly settings?: Partial<StatusSettings>;
}

const HOUR_MS = 3_600_000;

/** Starts the status service: API, projections, outbox, upkeep. Resolves when it has read the state topics and serves. */
export const startStatus = async (parts: StatusParts): Promise<RunningService> => {
  const { database, bus, log, health, metrics } = parts;
  const settings = { ...DEFAULT_SETTINGS, ...parts.settings };
  let signInFailures: ReturnType<FastifyInstance['createRateLimit']> | undefined;
  watchInstallation(metrics, database);
  watchLag(metrics, 'status', {
    outbox: () => outboxLag(database),
    consumer: async () => (await bus.lag?.('status')) ?? new Map(),
  });
  return runService({
    name: 'status',
    module: StatusModule.with({
      ...parts,
      settings,
      authenticator: authenticatorOf(parts.auth),
      signInFailures: () => {
        if (!signInFailures) throw new Error('the counter of failed sign-ins is made before any request');
        return signInFailures;
      },
    }),
    state: bus.state('status'),
    work: bus.work('status'),
    port: parts.http?.port,
    host: parts.http?.host,
    log,
    health,
    metrics,
    configure: async (app) => {
      signInFailures = await secure(app, allContracts(), settings.failedSignIns, signInHosts(parts.auth));
      await serveConsole(app, settings.consoleFolder);
    },
    beforeStart: () => migrate(database, new URL('../migrations/', import.meta.url)),
    workers: (app) => workers(parts, settings, app.get(Commands), app.get(Outbox), app.get(LiveFeed)),
  });
};

/** Where the console signs in: the only other host that its pages may talk to. */
const signInHosts = (auth: StatusAuth): string[] => (auth.mode === 'oidc' ? [new URL(auth.issuer).origin] : []);

const authenticatorOf = (auth: StatusAuth): Authenticator =>
  auth.mode === 'token' ? new LocalTokenAuthenticator(auth.token) : new OidcAuthenticator(auth);

const workers = (
  { database, bus, log, health }: StatusParts,
  settings: StatusSettings,
  commands: Commands,
  outbox: Outbox,
  feed: LiveFeed,
): Worker[] => {
  const loop = (name: string, everyMs: number, tick: () => Promise<boolean>): Worker =>
    new Loop({ name, everyMs, tick, log, health });
  return [
    new Relay(database, bus.publisher, { name: 'status', log }),
    feed,
    loop('reports', settings.tickMs, () => askForReports(database, commands, settings)),
    loop('republish', HOUR_MS / 60, () => republishMappings(database, outbox, settings)),
    loop('retention', HOUR_MS / 60, () => deleteOldRows(database, settings)),
  ];
};
