export { commonVariables } from './common-variables.js';
export {
  bothOfTls,
  CONTEXT,
  defineService,
  listening,
  tlsOf,
  type Listening,
  type Service,
  type ServiceContext,
  type StartOptions,
} from './define-service.js';
export { describeEnvironment, type Variable } from './describe-environment.js';
export { EnvironmentError } from './environment-error.js';
export { Health, type HealthReport, type PartHealth, type PartState } from './health.js';
export { createLogger, silentLogger, type Logger, type LoggerOptions } from './logger.js';
export { Loop, type Idle, type LoopOptions } from './loop.js';
export { Metrics } from './metrics.js';
export { PUBLIC } from './public.js';
export { readEnvironment, type EnvironmentSource } from './read-environment.js';
export { runMain, type Program, type Running } from './run-main.js';
export type { RunningService, ServerOptions, ServiceOptions } from './run-service.js';
export { traced, traceparent, type Attributes, type TraceOptions } from './tracing/traced.js';
export { VERSION } from './version.js';
export type { Transport } from './transport.js';
export type { Worker } from './worker.js';
