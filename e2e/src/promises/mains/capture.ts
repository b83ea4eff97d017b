import { KafkaBus } from '@collection-sync/bus';
import { adminServiceOf, siteEnvironment, startCapture } from '@collection-sync/capture';
import { connectionEnvironment, Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisLocks } from '@collection-sync/redis';
import { crashPoints } from './crash-points.js';
import { credulous } from './credulous-site.js';
import { moveClock } from './moved-clock.js';
import { busWithPoints } from './proof-bus.js';
import { proofVariables } from './proof-environment.js';
import { tellHeap } from './tell-heap.js';

const SERVICE = 'capture';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(proofVariables.and(siteEnvironment).and(connectionEnvironment));
  moveClock(environment.PROOF_CLOCK_MS);
  tellHeap();
  const onPoint = crashPoints(environment.PROOF_POINTS);
  const site = adminServiceOf(environment);
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE, max: 20 });
  const redis = connectRedis(environment.redis);
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startCapture({
    database,
    bus: busWithPoints(bus, SERVICE, onPoint),
    site: environment.PROOF_WITHOUT === 'completeness' ? credulous(site) : site,
    locks: new RedisLocks(redis),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE),
    settings: { ...environment.PROOF_SETTINGS, onPoint },
  });
  return {
    ...service,
    close: async () => {
      await service.close();
      await site.close();
      await bus.close();
      await redis.close();
      await database.close();
    },
  };
});
