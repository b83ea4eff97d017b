import { SERVICES } from '@collection-sync/core';
import { ownTokens } from '@collection-sync/graph';
import { readEnvironment, runMain } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { migrateEnvironment } from './migrate.env.js';

await runMain({
  name: 'migrate',
  start: async (log) => {
    const { database: connection, own } = readEnvironment(migrateEnvironment);
    const tokens = ownTokens(own);
    for (const schema of SERVICES) {
      const database = new ServiceDatabase({ ...connection, tokens, schema, application: 'migrate', max: 2 });
      await database.migrate(new URL(`../../${schema}/migrations/`, import.meta.url));
      await database.close();
      log.info({ schema }, 'the tables are current');
    }
    process.exit(0);
  },
});
