import { KafkaBus } from '@collection-sync/bus';
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { startStatus } from './start.js';
import { statusAuthOf, statusEnvironment, statusSettingsOf } from './status.env.js';

const SERVICE = 'status';

await runMain(SERVICE, async (log) => {
  const environment = readEnvironment(statusEnvironment);
  const auth = await statusAuthOf(environment);
  const database = new Database({ ...environment.database, schema: SERVICE, application: SERVICE, max: 20 });
  const bus = new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${SERVICE}`, log });
  const service = await startStatus({
    database,
    bus,
    graph: new GraphTenants(environment.tenants),
    log,
    health: new Health(),
    metrics: new Metrics(SERVICE, { process: true }),
    auth,
    http: { port: environment.PORT, host: environment.HOST },
    settings: statusSettingsOf(environment),
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
