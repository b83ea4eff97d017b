import { SERVICES } from '@collection-sync/core';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  freshRedis,
  freshTopicPrefix,
  pathWithPostgresClients,
  runProcess,
  services,
  startPostgres,
  type RunningProcess,
  withEnvironment,
} from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './manifests.js';

// deploy/postgres/roles.sql on a server of its own, and a service that is there before its tables are. That the four services live with these
// rights is shown by restore.it.ts.

const PASSWORD = 'given-by-the-test';
const run = promisify(execFile);

let admin: string;
let path: string;
let writer: RunningProcess | undefined;

beforeAll(async () => {
  const server = await startPostgres();
  path = await pathWithPostgresClients();
  await psql(server.address, '--command=create database collsync');
  const url = new URL(server.address);
  url.pathname = '/collsync';
  admin = url.href;
}, 120_000);

afterAll(() => writer?.stop());

const psql = async (address: string, ...args: string[]): Promise<string> => {
  const options = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
  const { stdout } = await run('psql', [...options, ...args, address], {
    cwd: ROOT,
    env: withEnvironment({ PATH: path }),
  });
  return stdout.trim();
};

const accountOf = (role: string): string => {
  const url = new URL(admin);
  url.username = `collsync_${role}`;
  url.password = PASSWORD;
  return url.href;
};

const rolesMade = async (): Promise<void> => {
  await psql(admin, '--file=deploy/postgres/roles.sql');
};

it('a service waits for tables and rights with a sentence, and goes on by itself', async () => {
  const environment = {
    DATABASE_URL: accountOf('writer'),
    KAFKA_BROKERS: services().kafkaBrokers,
    KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
    REDIS_URL: await freshRedis(),
    AZURE_TENANT_ID: '7e57ab1e-0000-4000-8000-000000000001',
    GRAPH_BASE_URL: 'http://127.0.0.1:1/graph',
    GRAPH_STATIC_TOKEN: 'stand-in',
    TOPIC_PARTITIONS: '1',
    HOST: '127.0.0.1',
    PORT: '0',
  };
  // the account alone, as an installation has it whose administrator did half of it
  await psql(admin, `--command=create role collsync_writer login password '${PASSWORD}'`);
  const topics = runProcess({ file: 'apps/topics/dist/main.js', env: environment });
  expect((await topics.exited).code, topics.tail()).toBe(0);
  writer = runProcess({ file: 'apps/writer/dist/main.js', env: environment });
  expect(await writer.line(/writer waits: /, 60_000)).toContain(
    'this account may not do that (42501). Run the step migrate',
  );

  await rolesMade();
  await psql(admin, `--command=alter role collsync_migrate password '${PASSWORD}'`);
  const migrate = runProcess({ file: 'apps/migrate/dist/main.js', env: { DATABASE_URL: accountOf('migrate') } });
  expect((await migrate.exited).code, migrate.tail()).toBe(0);
  await writer.line(/"msg":"writer started"/, 60_000);
}, 180_000);

it('the script may run again, and changes nothing', async () => {
  const rights = (): Promise<string> =>
    psql(
      admin,
      `--command=select relnamespace::regnamespace, relname, relacl from pg_class
        where relnamespace::regnamespace::text in ('${SERVICES.join("','")}') order by oid`,
    );
  const before = await rights();
  await rolesMade();
  expect(await rights()).toBe(before);
});

it.each(SERVICES)('%s owns nothing, uses its own schema and nobody else’s', async (service) => {
  const allowed = (what: string): Promise<string> =>
    psql(admin, `--command=select n from unnest(array['${SERVICES.join("','")}']) n where ${what} order by n`);
  expect(await allowed(`has_schema_privilege('collsync_${service}', n, 'usage')`)).toBe(service);
  expect(await allowed(`has_schema_privilege('collsync_${service}', n, 'create')`)).toBe('');
  const owned = await psql(
    admin,
    `--command=select relname from pg_class where relowner = 'collsync_${service}'::regrole`,
  );
  expect(owned).toBe('');
});
