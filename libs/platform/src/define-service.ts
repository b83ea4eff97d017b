import { randomUUID } from 'node:crypto';
import { env, Part, type Outside, type Publisher } from '@collection-sync/core';
import type { Provider, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { commonVariables } from './common-variables.js';
import { compose, environmentOf, type PartsOf } from './compose.js';
import { Health } from './health.js';
import type { Logger } from './logger.js';
import { Loop } from './loop.js';
import { Metrics } from './metrics.js';
import type { EnvironmentSource } from './read-environment.js';
import { runService, type RunningService, type ServerOptions, type ServerTls } from './run-service.js';
import type { Transport } from './transport.js';
import { watchCredentials } from './watch-credentials.js';
import { watchLag } from './watch-lag.js';
import type { Worker } from './worker.js';

const CHECK_MS = 10_000;
const REFRESH_MS = 15_000;

export interface Listening {
  /** 0 takes a free one */
  readonly port: number;
  readonly host?: string;
  readonly managementPort?: number;
  /** PEM; plain HTTP without it */
  readonly tls?: ServerTls;
}

type TlsVariables = { readonly TLS_CERT?: string | undefined; readonly TLS_KEY?: string | undefined };

/** Half of a certificate is none. */
export const bothOfTls = ({ TLS_CERT, TLS_KEY }: TlsVariables, context: z.RefinementCtx): void => {
  if ((TLS_CERT === undefined) === (TLS_KEY === undefined)) return;
  const missing = TLS_CERT === undefined ? 'TLS_CERT' : 'TLS_KEY';
  context.addIssue({
    code: 'custom',
    path: [missing],
    message: 'is needed beside the other half, TLS_CERT and TLS_KEY',
  });
};

export const tlsOf = ({ TLS_CERT: cert, TLS_KEY: key }: TlsVariables): { tls?: ServerTls } =>
  cert && key ? { tls: { cert, key } } : {};

/** Where health, metrics and routes are served: as HOST and PORT say. */
export const listening: Part<Listening | undefined> = Part.define({
  environment: z
    .object({
      ...commonVariables,
      MANAGEMENT_PORT: env
        .port()
        .optional()
        .describe('a port of its own for metrics and the details of health, which nothing publishes'),
    })
    .superRefine(bothOfTls),
  make: ({ environment: { PORT, HOST, MANAGEMENT_PORT, ...tls } }) => ({
    port: PORT,
    host: HOST,
    ...tlsOf(tls),
    ...(MANAGEMENT_PORT === undefined ? {} : { managementPort: MANAGEMENT_PORT }),
  }),
});

/** What every service has: a database with an outbox, a bus, and settings. */
export interface EssentialParts {
  readonly database: {
    readonly outbox: unknown;
    migrate(folder: URL): Promise<void>;
    relay(publisher: Publisher, log: Logger): Worker;
    outboxLag(): Promise<{ rows: number; oldestSeconds: number }>;
  };
  readonly bus: {
    readonly publisher: Publisher;
    work(service: string): Transport;
    state(service: string): Transport;
    lag?(service: string): Promise<ReadonlyMap<string, number>>;
  };
  readonly settings: object;
  /** no HTTP where it is undefined */
  readonly http: Listening | undefined;
}

/** What every use case of a service works with. */
export type ServiceContext<P extends EssentialParts, M> = P & {
  readonly outbox: P['database']['outbox'];
  readonly publisher: Publisher;
  readonly log: Logger;
  readonly health: Health;
  readonly metrics: M;
  /** names this process in locks */
  readonly owner: string;
  /** Something was stored: the workers of this process look at once. */
  readonly wake: () => void;
};

/** Nest's token for the context of a service. */
export const CONTEXT = Symbol('context of the service');

export interface ServiceDeclaration<P extends EssentialParts, M> {
  readonly name: string;
  readonly parts: PartsOf<P>;
  /** folder of the migrations */
  readonly migrations: URL;
  /** its own metrics */
  readonly metrics: (metrics: Metrics, parts: P) => M;
  /** controllers of the topics that it consumes */
  readonly handlers: readonly Type[];
  /** controllers of its HTTP routes, beside health and metrics */
  readonly routes?: readonly Type[];
  /** what handlers, routes and workers are given beside the context */
  readonly providers?: (context: ServiceContext<P, M>) => Provider[];
  readonly workers: (app: NestFastifyApplication, context: ServiceContext<P, M>) => readonly Worker[];
  /** how its HTTP server treats requests, where that differs */
  readonly server?: (parts: P) => ServerOptions;
  /** what only its HTTP side needs: static files, an API document */
  readonly configure?: (app: NestFastifyApplication, context: ServiceContext<P, M>) => void | Promise<void>;
}

export interface StartOptions {
  /** the environment of the process by default */
  readonly source?: EnvironmentSource;
  readonly health?: Health;
  readonly metrics?: Metrics;
}

export interface Service<P extends EssentialParts> {
  readonly name: string;
  readonly migrations: URL;
  readonly parts: PartsOf<P>;
  /** every variable that it reads */
  readonly environment: z.ZodType;
  /** The same service with other parts in the place of some; the variables of those that nobody uses any more are not read. */
  with(parts: { readonly [K in keyof P]?: P[K] | Part<P[K]> }): Service<P>;
  start(log: Logger, options?: StartOptions): Promise<RunningService>;
}

/** A service in one declaration. Its tables are migrated, its outbox is emptied, its lag is measured, and its parts are closed after it. */
export const defineService = <P extends EssentialParts, M>(declaration: ServiceDeclaration<P, M>): Service<P> => {
  const { name, migrations, parts } = declaration;
  return {
    name,
    migrations,
    parts,
    environment: environmentOf(Object.values<Part<unknown>>(parts)),
    with: (others) => {
      const given = Object.entries<unknown>(others).map(([key, value]) => [key, Part.of(value)]);
      return defineService({ ...declaration, parts: { ...parts, ...Object.fromEntries(given) } });
    },
    start: (log, options = {}) => start(declaration, log, options),
  };
};

const start = async <P extends EssentialParts, M>(
  declaration: ServiceDeclaration<P, M>,
  log: Logger,
  { source, health = new Health(), metrics }: StartOptions,
): Promise<RunningService> => {
  const { name, migrations, handlers, routes = [], providers, workers, server, configure } = declaration;
  const measured = metrics ?? new Metrics(name, { process: true });
  const { made, outside, close } = await compose<P>(declaration.parts, { name, log, source });
  const { database, bus } = made;
  const atWork: Worker[] = [];
  const context: ServiceContext<P, M> = {
    ...made,
    outbox: database.outbox,
    publisher: bus.publisher,
    log,
    health,
    metrics: declaration.metrics(measured, made),
    owner: randomUUID(),
    wake: () => atWork.forEach((worker) => worker.wake?.()),
  };
  const watchers = watch(outside, log, health);
  watchCredentials(measured, outside);
  const measuring = new Loop({ name: 'metrics', everyMs: REFRESH_MS, tick: () => measured.refresh(), log });
  const end = async (): Promise<void> => {
    await Promise.all([measuring, ...watchers].map((each) => each.stop()));
    await close();
  };
  watchLag(measured, name, {
    outbox: () => database.outboxLag(),
    consumer: async () => (await bus.lag?.(name)) ?? new Map(),
  });
  for (const watcher of watchers) watcher.start();
  try {
    const service = await runService({
      name,
      module: {
        module: class {},
        controllers: [...handlers, ...routes],
        providers: [{ provide: CONTEXT, useValue: context }, ...(providers?.(context) ?? [])],
      },
      state: bus.state(name),
      work: bus.work(name),
      workers: (app) => {
        atWork.push(database.relay(bus.publisher, log), ...workers(app, context));
        return atWork;
      },
      ...made.http,
      log,
      health,
      metrics: measured,
      ...(server ? { server: server(made) } : {}),
      beforeStart: async () => {
        await database.migrate(migrations);
        // not before there are tables to count
        measuring.start();
      },
      configure: (app) => configure?.(app, context),
    });
    return { ...service, close: () => service.close().finally(end) };
  } catch (error) {
    await end().catch(() => undefined);
    throw error;
  }
};

/** Loops that look at what is outside of the process, whether anybody needs it just now or not. */
const watch = (outside: readonly Outside[], log: Logger, health: Health): readonly Worker[] =>
  outside.map(({ name, everyMs = CHECK_MS, check }) => {
    const tick = async (signal: AbortSignal): Promise<void> => void (await check(signal));
    return new Loop({ name, everyMs, tick, log, health });
  });
