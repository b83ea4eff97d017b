import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLocks } from '@collection-sync/redis';
import { SERVICE } from './context.js';
import { resolverEnvironment, resolverSettingsOf } from './resolver.env.js';
import { startResolver } from './start.js';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(resolverEnvironment);
  const graph = new GraphTenants(environment.tenants);
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE });
  const redis = connectRedis(environment.redis);
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
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
    settings: resolverSettingsOf(environment),
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
