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
    REDIS_CA: tls.CA,
    REDIS_CERT: tls.CERT,
    REDIS_KEY: tls.KEY,
  })
  .transform(({ REDIS_URL: url, REDIS_CLUSTER: cluster, REDIS_CA, REDIS_CERT, REDIS_KEY }) => {
    const options = tlsOptions(REDIS_CA, REDIS_CERT, REDIS_KEY);
    return { redis: { url, cluster, ...(options ? { tls: options } : {}) } };
  });

const connection = Part.define({
  environment: redisEnvironment,
  make: ({ environment }) => connectRedis(environment.redis),
  close: (connected) => connected.close(),
  outside: (connected) => [{ name: 'redis', check: () => connected.ping() }],
});

export const redisLeases: Part<LeaseStore> = Part.define({
  uses: { connection },
  make: ({ uses }) => new RedisLeases(uses.connection),
});

export const redisLocks: Part<LockStore> = Part.define({
  uses: { connection },
  make: ({ uses }) => new RedisLocks(uses.connection),
});

/** Who knows the quota of each account. */
type Quotas = Part<{ budget(account: Account): BudgetLimits }>;

export const redisBudget = (tenants: Quotas): Part<Budget> =>
  Part.define({
    uses: { connection, tenants },
    make: ({ uses }) => new RedisBudget(uses.connection, (account) => uses.tenants.budget(account)),
  });

/** For a service that never writes: the quota of its reads, known to each of its processes alone. */
export const inProcessBudget = (tenants: Quotas): Part<Budget> =>
  Part.define({
    uses: { tenants },
    make: ({ uses }) => new InProcessBudget((account) => uses.tenants.budget(account)),
  });
