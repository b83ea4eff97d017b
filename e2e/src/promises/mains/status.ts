import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { env, Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { localToken, startStatus } from '@collection-sync/status';
import { z } from 'zod';
import { crashPoints } from './crash-points.js';
import { moveClock } from './moved-clock.js';
import { busWithoutAcks, busWithPoints } from './proof-bus.js';
import { proofEnvironment } from './proof-environment.js';
import { tellHeap } from './tell-heap.js';

const SERVICE = 'status';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(proofEnvironment.and(z.object({ API_TOKEN_FILE: env.text() })));
  moveClock(environment.PROOF_CLOCK_MS);
  tellHeap();
  const onPoint = crashPoints(environment.PROOF_POINTS);
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE, max: 20 });
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startStatus({
    database,
    bus: environment.PROOF_WITHOUT === 'outbox' ? busWithoutAcks(bus) : busWithPoints(bus, SERVICE, onPoint),
    graph: new GraphTenants(environment.tenants),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE),
    auth: { mode: 'token', token: await localToken(environment.API_TOKEN_FILE) },
    http: { port: environment.PORT, host: environment.HOST },
    settings: environment.PROOF_SETTINGS,
  });
  return {
    ...service,
    close: async () => {
      await service.close();
      await bus.close();
      await database.close();
    },
  };
});
