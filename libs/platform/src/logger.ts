import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream } from 'pino';
import pretty from 'pino-pretty';
import { describeError } from './describe-error.js';
import { traceIds } from './tracing/traced.js';
import { VERSION } from './version.js';
import { scrub, SECRET_PROPERTIES } from './scrub.js';

/** `log.info({ run, target }, 'what happened')`; child loggers carry ids. */
export interface Logger {
  debug(object: object, message: string): void;
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
  error(object: object, message: string): void;
  child(bindings: object): Logger;
}

export interface LoggerOptions {
  level?: string;
  /** standard output by default: readable on a terminal, JSON lines elsewhere */
  destination?: DestinationStream;
}

export const createLogger = (service: string, options: LoggerOptions = {}): Logger =>
  pino(
    {
      level: options.level ?? 'info',
      base: { service, version: VERSION },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_PROPERTIES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '***' },
      serializers: { error: describeError, err: describeError },
      mixin: traceIds,
      hooks: { streamWrite: scrub },
    },
    options.destination ?? standardOutput(),
  );

/** For tests and tools that want no log. */
export const silentLogger = (): Logger => pino({ level: 'silent' });

const standardOutput = (): DestinationStream =>
  process.stdout.isTTY
    ? pretty({ sync: true, ignore: 'service,version', messageFormat: '[{service}] {msg}' })
    : pino.destination({ sync: true });

const wordsOf = (message: unknown): string => (message instanceof Error ? message.message : String(message));

/** Nest's own messages in our log; what it tells about its start only at debug level. */
export const nestLogger = (log: Logger): LoggerService => ({
  log: (message: unknown, context?: unknown) => log.debug({ context }, wordsOf(message)),
  debug: (message: unknown, context?: unknown) => log.debug({ context }, wordsOf(message)),
  verbose: (message: unknown, context?: unknown) => log.debug({ context }, wordsOf(message)),
  warn: (message: unknown, context?: unknown) => log.warn({ context }, wordsOf(message)),
  error: (message: unknown, stack?: unknown, context?: unknown) =>
    log.error({ context, ...(message instanceof Error ? { error: message } : { stack }) }, wordsOf(message)),
  fatal: (message: unknown, context?: unknown) => log.error({ context }, wordsOf(message)),
});
