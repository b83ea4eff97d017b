import { EnvironmentError } from './environment-error.js';
import { messageOf } from './describe-error.js';
import { createLogger, type Logger } from './logger.js';
import { onSignals } from './signals.js';
import { startTracing } from './tracing/start-tracing.js';

export interface Running {
  close(): Promise<void>;
  failed?: Promise<unknown>;
}

export interface Program {
  readonly name: string;
  start(log: Logger): Promise<Running>;
}

/**
 * The whole life of a process: starts, stops at a signal even while still starting, exits 1 with the reason when it cannot start or go
 * on. LOG_LEVEL decides how much it says, `level` where that is not set.
 */
export const runMain = async (program: Program, level = 'info'): Promise<void> => {
  const { name } = program;
  const log = createLogger(name, { level: levelOf(process.env['LOG_LEVEL']) ?? level });
  const fail = (error: unknown, what: string): never => {
    if (error instanceof EnvironmentError) process.stderr.write(`${name}: ${error.message}\n`);
    else log.error({ error }, `${what}: ${messageOf(error)}`);
    process.exit(1);
  };
  process.on('uncaughtException', (error) => fail(error, 'ended by an error that nobody handled'));
  let running: Running | undefined;
  const endTracing = startTracing(name);
  const close = async (): Promise<void> => {
    await running?.close();
    await endTracing();
  };
  onSignals(close, { log });
  try {
    running = await program.start(log);
  } catch (error) {
    fail(error, 'cannot start');
  }
  const error = await running?.failed;
  if (error !== undefined) fail(error, 'cannot go on');
};

const levelOf = (text: string | undefined): string | undefined =>
  text && /^(debug|info|warn|error)$/.test(text) ? text : undefined;
