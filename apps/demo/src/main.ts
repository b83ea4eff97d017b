import { readEnvironment, runMain } from '@collection-sync/platform';
import { demoEnvironment } from './demo.env.js';
import { mapDemoCollections } from './map-demo-collections.js';

await runMain({
  name: 'demo',
  start: async (log) => {
    const { STATUS_URL, API_TOKEN, AZURE_TENANT_ID } = readEnvironment(demoEnvironment);
    await mapDemoCollections(STATUS_URL.replace(/\/$/, ''), API_TOKEN, AZURE_TENANT_ID, (line) => log.info({}, line));
    process.exit(0);
  },
});
