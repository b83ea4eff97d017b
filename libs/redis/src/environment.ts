import {
  env,
  Part,
  tlsOptions,
  tlsVariables,
  type Account,
  type Budget,
  type BudgetLimits,
  type LeaseStore,
  type LockStore,
  type TokenSource,
} from '@collection-sync/core';
import { z } from 'zod';
import { connectRedis } from './connection.js';
import { InProcessBudget } from './in-process-budget.js';
import { RedisBudget } from './redis-budget.js';
import { RedisLeases } from './redis-leases.js';
import { RedisLocks } from './redis-locks.js';

const tls = tlsVariables('Redis');

/** How to reach Redis. */
export const redisEnvironment = z
  .object({
    REDIS_URL: env
      .renewed(env.url('redis', 'rediss').meta({ secret: true }))
      .describe(
        'the Redis of leases, locks and write budgets; rediss:// for TLS; from its file it is read again when it reconnects',
      ),
    REDIS_CLUSTER: env
      .flag()
      .prefault('false')
      .describe('REDIS_URL names one node of a Redis Cluster; the others are found from it'),
    REDIS_AUTH: z
      .enum(['password', 'entra'], 'must be password or entra')
      .default('password')
      .describe('entra: tokens of Entra are the password, as Azure Managed Redis takes them'),
    REDIS_TOKEN_SCOPE: env
      .text()
      // https://learn.microsoft.com/azure/redis/entra-for-authentication
      .default('https://redis.azure.com/.default')
      .describe('whose tokens entra takes'),
    REDIS_CA: tls.CA,
    REDIS_CERT: tls.CERT,
    REDIS_KEY: tls.KEY,
  })
  .transform((given, context) => {
    const { REDIS_URL: url, REDIS_CLUSTER: cluster, REDIS_TOKEN_SCOPE: tokenScope } = given;
    const tlsGiven = tlsOptions(given.REDIS_CA, given.REDIS_CERT, given.REDIS_KEY);
    const entra = given.REDIS_AUTH === 'entra';
    const { protocol, username } = new URL(typeof url === 'string' ? url : url());
    const refuse = (message: string): void => context.addIssue({ code: 'custom', path: ['REDIS_URL'], message });
    if (entra && protocol !== 'rediss:' && !tlsGiven)
      refuse('must begin with rediss:// for REDIS_AUTH=entra: tokens travel by TLS alone');
    if (entra && !username) refuse('needs the object id of the identity as its user for REDIS_AUTH=entra');
    return { redis: { url, cluster, ...(entra ? { tokenScope } : {}), ...(tlsGiven ? { tls: tlsGiven } : {}) } };
  });

/** Who knows the quota of each account. */
type Quotas = Part<{ budget(account: Account): BudgetLimits }>;

/** What one connection to Redis serves. */
export const redis = (tokens: Part<TokenSource>) => {
  const connection = Part.define({
    environment: redisEnvironment,
    uses: { tokens },
    make: ({ environment, uses }) => connectRedis({ ...environment.redis, tokens: uses.tokens }),
    close: (connected) => connected.close(),
    outside: (connected) => [{ name: 'redis', check: () => connected.ping() }],
  });
  const leases: Part<LeaseStore> = Part.define({
    uses: { connection },
    make: ({ uses }) => new RedisLeases(uses.connection),
  });
  const locks: Part<LockStore> = Part.define({
    uses: { connection },
    make: ({ uses }) => new RedisLocks(uses.connection),
  });
  const budget = (tenants: Quotas): Part<Budget> =>
    Part.define({
      uses: { connection, tenants },
      make: ({ uses }) => new RedisBudget(uses.connection, (account) => uses.tenants.budget(account)),
    });
  return { leases, locks, budget };
};

/** For a service that never writes: the quota of its reads, known to each of its processes alone. */
export const inProcessBudget = (tenants: Quotas): Part<Budget> =>
  Part.define({
    uses: { tenants },
    make: ({ uses }) => new InProcessBudget((account) => uses.tenants.budget(account)),
  });
