import pg from 'pg';
import { services } from './addresses.js';
import { whenDone } from './clean-up.js';
import { uniqueName } from './unique-name.js';

export interface FreshDatabaseOptions {
  /** The server; the shared one by default. Give the address of an own server in a fault test. */
  server?: string;
}

/** A new, empty database. Returns its URL; it is dropped, open sessions or not, when the test file is done. */
export async function freshDatabase({ server = services().databaseUrl }: FreshDatabaseOptions = {}): Promise<string> {
  const name = uniqueName('test').replaceAll('-', '_');
  await execute(server, `CREATE DATABASE ${name}`);
  whenDone(() => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(unlessServerIsGone));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

// A fault test may have ended its own server, and the database with it.
function unlessServerIsGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ECONNREFUSED') throw error;
}
