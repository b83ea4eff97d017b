import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLeases } from '@collection-sync/redis';
import { startWriter } from '@collection-sync/writer';
import { AllGrantingLeases } from './all-granting-leases.js';
import { crashPoints } from './crash-points.js';
import { moveClock } from './moved-clock.js';
import { busWithPoints } from './proof-bus.js';
import { proofEnvironment } from './proof-environment.js';
import { tellHeap } from './tell-heap.js';

const SERVICE = 'writer';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(proofEnvironment);
  moveClock(environment.PROOF_CLOCK_MS);
  tellHeap();
  const onPoint = crashPoints(environment.PROOF_POINTS);
  const graph = new GraphTenants(environment.tenants);
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE, max: 16 });
  const redis = connectRedis(environment.redis);
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startWriter({
    database,
    bus: busWithPoints(bus, SERVICE, onPoint),
    graph,
    leases: environment.PROOF_WITHOUT === 'lease' ? new AllGrantingLeases() : new RedisLeases(redis),
    budget: new RedisBudget(redis, (tenant) => graph.budget(tenant)),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE),
    settings: { ...environment.PROOF_SETTINGS, onPoint },
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
