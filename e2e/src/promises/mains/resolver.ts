import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLocks } from '@collection-sync/redis';
import { startResolver } from '@collection-sync/resolver';
import { crashPoints } from './crash-points.js';
import { laterRelease } from './later-release.js';
import { moveClock } from './moved-clock.js';
import { busThatChanges, busWithPoints } from './proof-bus.js';
import { proofEnvironment } from './proof-environment.js';
import { tellHeap } from './tell-heap.js';
import { unbrokenChain } from './unbroken-chain.js';

const SERVICE = 'resolver';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(proofEnvironment);
  moveClock(environment.PROOF_CLOCK_MS);
  tellHeap();
  const onPoint = crashPoints(environment.PROOF_POINTS);
  const graph = new GraphTenants(environment.tenants);
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE });
  const redis = connectRedis(environment.redis);
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const { PROOF_LATER: later, PROOF_WITHOUT: without } = environment;
  const change = later ? laterRelease(later) : without === 'versions' ? unbrokenChain(database) : undefined;
  const service = await startResolver({
    database,
    bus: change ? busThatChanges(bus, change) : busWithPoints(bus, SERVICE, onPoint),
    graph,
    locks: new RedisLocks(redis),
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
