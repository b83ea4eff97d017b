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
export { describeError, fingerprint, isRetryable, messageOf } from './describe-error.js';
export { describeEnvironment, type Variable } from './describe-environment.js';
export { EnvironmentError } from './environment-error.js';
export { HealthController } from './health.controller.js';
export { Health, type HealthReport, type PartHealth, type PartState } from './health.js';
export { createLogger, nestLogger, silentLogger, type Logger, type LoggerOptions } from './logger.js';
export { Loop, type Idle, type LoopOptions } from './loop.js';
export { Metrics } from './metrics.js';
export { MetricsController } from './metrics.controller.js';
export { Public, PUBLIC } from './public.js';
export { readEnvironment, variableNames, type EnvironmentSource } from './read-environment.js';
export { runMain, type Program, type Running } from './run-main.js';
export { runService, type RunningService, type ServerOptions, type ServiceOptions } from './run-service.js';
export { onSignals, type SignalOptions } from './signals.js';
export { traced, traceparent, type Attributes, type TraceOptions } from './tracing/traced.js';
export { traceHandling } from './tracing/trace-handling.js';
export { startTracing } from './tracing/start-tracing.js';
export { watchLag, type LagSources } from './watch-lag.js';
export { VERSION } from './version.js';
export { whenFailed, type Transport } from './transport.js';
export type { Worker } from './worker.js';
