import { env } from '@collection-sync/core';
import { z } from 'zod';

/** What every process understands. */
export const commonVariables = {
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error')
    .default('info')
    .describe('how much is logged'),
  HOST: env.text().default('0.0.0.0').describe('the address to listen on'),
  PORT: env.port().default(8080).describe('the port for health, metrics and, in status, the API'),
  TLS_CERT: env
    .text()
    .optional()
    .describe('PEM of the certificate, with its chain, that HTTP is served with; needs TLS_KEY'),
  TLS_KEY: env.secret().optional().describe('PEM of its private key'),
  OTEL_EXPORTER_OTLP_ENDPOINT: env
    .url('http', 'https')
    .optional()
    .describe('OpenTelemetry collector that traces are sent to, OTLP over HTTP, such as http://otel-collector:4318'),
} as const;
