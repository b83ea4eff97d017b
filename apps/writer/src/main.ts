import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLeases } from '@collection-sync/redis';
import { SERVICE } from './context.js';
import { startWriter } from './start.js';
import { writerEnvironment } from './writer.env.js';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(writerEnvironment);
  const graph = new GraphTenants(environment.tenants);
  const runs = environment.WRITER_RUNS;
  const max = 2 * (runs + environment.tenants.length) + 6;
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE, max });
  const redis = connectRedis(environment.redis);
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startWriter({
    database,
    bus,
    graph,
    leases: new RedisLeases(redis),
    budget: new RedisBudget(redis, (tenant) => graph.budget(tenant)),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE, { process: true }),
    http: { port: environment.PORT, host: environment.HOST },
    settings: { runs },
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
