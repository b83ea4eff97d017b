import { KafkaBus } from '@collection-sync/bus';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisLocks } from '@collection-sync/redis';
import { adminServiceOf, captureEnvironment, captureSettingsOf } from './capture.env.js';
import { SERVICE } from './context.js';
import { startCapture } from './start.js';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(captureEnvironment);
  const site = adminServiceOf(environment);
  const database = new Database({
    ...environment.database,
    schema: SERVICE,
    application: SERVICE,
    max: 20,
    // the first commit of a million members on a busy server
    statementTimeoutMs: 600_000,
  });
  const redis = connectRedis(environment.redis);
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startCapture({
    database,
    bus,
    site,
    locks: new RedisLocks(redis),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE, { process: true }),
    http: { port: environment.PORT, host: environment.HOST },
    settings: captureSettingsOf(environment),
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
