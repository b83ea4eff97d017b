export { connectRedis, type RedisConnectionOptions } from './connection.js';
export { inProcessBudget, redis, redisEnvironment } from './environment.js';
export type { Clock } from './clock.js';
export { InProcessBudget } from './in-process-budget.js';
export { InProcessLeases } from './in-process-leases.js';
export { InProcessLocks } from './in-process-locks.js';
export { RedisBudget } from './redis-budget.js';
export { RedisLeases } from './redis-leases.js';
export { RedisLocks } from './redis-locks.js';
