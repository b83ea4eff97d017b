import { tenantEnvironment } from '@collection-sync/graph';
import { commonVariables, env } from '@collection-sync/platform';
import { z } from 'zod';

/** What the process reads from its environment. */
export const resolverEnvironment = z
  .object({
    ...commonVariables,
    KAFKA_BROKERS: env.list().describe('addresses of Kafka brokers, host:port, separated by commas'),
    DATABASE_URL: env.url('postgres', 'postgresql').describe('the PostgreSQL database'),
    REDIS_URL: env.url('redis', 'rediss').describe('the Redis of locks and budgets'),
    DIRECTORY_POLL_SECONDS: env.seconds().prefault('30').describe('how often Microsoft Graph is asked for changes'),
  })
  .and(tenantEnvironment);
