import { backoffMs } from '@collection-sync/core';
import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fingerprint, isRetryable, messageOf } from './describe-error.js';
import type { Health } from './health.js';
import { nestLogger, type Logger } from './logger.js';
import { Metrics } from './metrics.js';
import { pause } from './pause.js';
import { PlatformModule } from './platform.module.js';
import { traceHandling } from './tracing/trace-handling.js';
import { whenFailed, type Transport } from './transport.js';
import { watchHandling } from './watch-handling.js';
import { watchHttp } from './watch-http.js';
import { watchHealth } from './watch-health.js';
import type { Worker } from './worker.js';

/** of Fastify */
export type ServerOptions = Exclude<ConstructorParameters<typeof FastifyAdapter>[0], undefined>;

export interface ServerTls {
  readonly cert: string;
  readonly key: string;
}

/** for a whole request to arrive; whoever is slower holds nothing */
const REQUEST_TIMEOUT_MS = 20_000;

const LOOPBACK = '127.0.0.1';

export interface ServiceOptions {
  name: string;
  module: DynamicModule;
  /** reads compacted topics whole, before anything else is consumed */
  state: Transport;
  work: Transport;
  workers: (app: NestFastifyApplication) => Worker[];
  /** no HTTP without it; 0 takes a free port */
  port?: number;
  /** 127.0.0.1 by default */
  host?: string;
  /** PEM; plain HTTP without it */
  tls?: ServerTls;
  /** metrics and the details of health are served there alone; with the API where it is undefined */
  managementPort?: number;
  log: Logger;
  health: Health;
  metrics?: Metrics;
  /** migrations and the like; repeated with backoff while it fails with a retryable error */
  beforeStart?: () => Promise<void>;
  /** how the HTTP server treats requests, where that differs */
  server?: ServerOptions;
  /** what only this service's HTTP side needs: static files, pipes, an API document */
  configure?: (app: NestFastifyApplication) => void | Promise<void>;
}

export interface RunningService {
  app: NestFastifyApplication;
  url?: string;
  managementUrl?: string;
  /** Resolves with the error when a consumer is gone for good. */
  failed: Promise<unknown>;
  /** Workers end their step, consumers leave, HTTP closes. */
  close(): Promise<void>;
}

/**
 * Starts a service in an order in which nothing is handled before it can be: HTTP first, so that health answers; then what must be
 * there before (migrations), the state topics to their end, the work topics, the workers.
 */
export const runService = async (options: ServiceOptions): Promise<RunningService> => {
  const { name, health, log, state, work } = options;
  const metrics = options.metrics ?? new Metrics(name);
  const app = await NestFactory.create<NestFastifyApplication>(
    PlatformModule.with(options.module, health, metrics, options.managementPort !== undefined),
    new FastifyAdapter(serverOf(options)),
    { logger: nestLogger(log), abortOnError: false },
  );
  const management = await managementOf(options, metrics);
  if (options.port !== undefined) watchHttp(app, metrics);
  await options.configure?.(app);
  state.around = traceHandling;
  work.around = watchHandling(metrics);
  watchHealth(metrics, health);
  const consumers = [state, work].map((strategy) => app.connectMicroservice({ strategy }));
  const workers: Worker[] = [];
  const close = once(async () => {
    health.starting('stopping');
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all([work.close(), state.close()]);
    await app.close();
    await management?.close();
  });
  const failed = Promise.race([state, work].map(whenFailed)).then((error) => {
    health.set('bus', { state: 'down', detail: messageOf(error) });
    log.error({ error }, `${name}: a consumer is gone for good`);
    return error;
  });
  try {
    health.starting('starting');
    if (management) await management.listen(options.managementPort ?? 0, options.host ?? LOOPBACK);
    const url = await listen(app, options);
    health.starting('waiting until everything it needs is there');
    await untilReady(options);
    await consumers[0]?.listen();
    health.starting('reading the state topics');
    await Promise.race([state.caughtUp, failed.then((error) => Promise.reject(error))]);
    await consumers[1]?.listen();
    workers.push(...options.workers(app));
    for (const worker of workers) worker.start();
    health.started();
    const managementUrl = management && addressOf(management, options.host);
    log.info({ url, managementUrl }, `${name} started`);
    return { app, ...(url ? { url } : {}), ...(managementUrl ? { managementUrl } : {}), failed, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
};

const serverOf = ({ server, tls }: ServiceOptions): ServerOptions => ({
  forceCloseConnections: true,
  requestTimeout: REQUEST_TIMEOUT_MS,
  ...server,
  ...(tls ? { https: tls } : {}),
});

const listen = async (app: NestFastifyApplication, { port, tls, host = LOOPBACK }: ServiceOptions) => {
  if (port === undefined) {
    await app.init();
    return undefined;
  }
  await app.listen(port, host);
  return addressOf(app, host, tls ? 'https' : 'http');
};

const addressOf = (app: NestFastifyApplication, host = LOOPBACK, scheme = 'http'): string => {
  const { port } = app.getHttpServer().address() as { port: number };
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/** A server of its own for probes and Prometheus, which no ingress publishes. */
const managementOf = async (options: ServiceOptions, metrics: Metrics): Promise<NestFastifyApplication | undefined> =>
  options.managementPort === undefined
    ? undefined
    : NestFactory.create<NestFastifyApplication>(
        PlatformModule.with({ module: class {} }, options.health, metrics),
        new FastifyAdapter({ forceCloseConnections: true, requestTimeout: REQUEST_TIMEOUT_MS }),
        { logger: nestLogger(options.log), abortOnError: false },
      );

const untilReady = async ({ name, beforeStart, health, log }: ServiceOptions): Promise<void> => {
  for (let failures = 0, last = ''; beforeStart;) {
    try {
      return await beforeStart();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      failures += 1;
      health.starting(messageOf(error));
      if (fingerprint(error) !== last) log.warn({ error }, `${name} waits: ${messageOf(error)}`);
      last = fingerprint(error);
      await pause(backoffMs({ firstMs: 250, maxMs: 5_000 }, failures));
    }
  }
};

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
};
