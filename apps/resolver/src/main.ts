import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLocks } from '@collection-sync/redis';
import { SERVICE } from './context.js';
import { resolverEnvironment } from './resolver.env.js';
import { startResolver } from './start.js';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(resolverEnvironment);
  const graph = new GraphTenants(environment.tenants);
  const database = new Database({ url: environment.DATABASE_URL, schema: SERVICE, application: SERVICE });
  const redis = connectRedis({ url: environment.REDIS_URL });
  const bus = new KafkaBus({ brokers: environment.KAFKA_BROKERS, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startResolver({
    database,
    bus,
    graph,
    locks: new RedisLocks(redis),
    budget: new RedisBudget(redis, (tenant) => graph.budget(tenant)),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE, { process: true }),
    http: { port: environment.PORT, host: environment.HOST },
    settings: { feedEveryMs: environment.DIRECTORY_POLL_SECONDS },
  });
  return {
    ...service,
    close: async () => {
      await service.close();
      await bus.close();
      await redis.close();
      await database.close();
    },
  };
});
