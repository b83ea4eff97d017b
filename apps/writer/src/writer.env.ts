import { tenantEnvironment } from '@collection-sync/graph';
import { commonVariables, env } from '@collection-sync/platform';
import { z } from 'zod';

/** What the process reads from its environment. */
export const writerEnvironment = z
  .object({
    ...commonVariables,
    KAFKA_BROKERS: env.list().describe('addresses of Kafka brokers, host:port, separated by commas'),
    DATABASE_URL: env.url('postgres', 'postgresql').describe('the PostgreSQL database'),
    REDIS_URL: env.url('redis', 'rediss').describe('the Redis of leases and budgets'),
    WRITER_RUNS: env.integer(1, 100).prefault('8').describe('runs under way at once in this process'),
  })
  .and(tenantEnvironment);
