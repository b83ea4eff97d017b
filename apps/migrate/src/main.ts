import { certificates, readEnvironment, runMain } from '@collection-sync/platform';
import { Database, migrate } from '@collection-sync/postgres';
import { migrateEnvironment } from './migrate.env.js';

const SERVICES = ['capture', 'resolver', 'writer', 'status'];

await runMain('migrate', async (log) => {
  const { DATABASE_URL: url, DATABASE_CA, DATABASE_CERT, DATABASE_KEY } = readEnvironment(migrateEnvironment);
  const ssl = certificates(DATABASE_CA, DATABASE_CERT, DATABASE_KEY);
  for (const schema of SERVICES) {
    const database = new Database({ url, schema, application: 'migrate', max: 2, ...(ssl ? { ssl } : {}) });
    await migrate(database, new URL(`../../${schema}/migrations/`, import.meta.url));
    await database.close();
    log.info({ schema }, 'the tables are current');
  }
  process.exit(0);
});
