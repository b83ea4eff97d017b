import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Database } from '@collection-sync/postgres';
import {
  digest,
  initialiseCluster,
  othersCanEnter,
  runsAsRoot,
  serverPrograms,
  type ServerPrograms,
} from '@collection-sync/embedded-postgres';

const ROLE = 'collection_sync';

export interface EmbeddedServer {
  readonly url: string;
  /** an earlier process was killed and left the server running; it serves this one now */
  readonly adopted: boolean;
  /** Ends open sessions and stops the server; what was committed stays in the folder. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL server of this machine on the loopback address, its data kept in `folder` from one start to the next. It is a process of its own that
 * outlives a killed parent: the next start takes it over.
 */
export const startEmbeddedServer = async (folder: string): Promise<EmbeddedServer> => {
  const root = await dataRoot(resolve(folder));
  const data = join(root, 'cluster');
  const password = await passwordIn(folder);
  const running = await runningServer(data);
  if (running) {
    const url = urlOf(running.port, password);
    await answers(url, running.pid, join(root, 'server.log'));
    return { url, adopted: true, stop: () => stopServer(running.pid) };
  }
  const programs = await serverPrograms();
  if (!existsSync(join(data, 'PG_VERSION'))) await initialiseCluster(programs, data, ROLE, password);
  const port = await freePort();
  const pid = launch(programs, data, port, join(root, 'server.log'));
  const url = urlOf(port, password);
  await answers(url, pid, join(root, 'server.log'));
  return { url, adopted: false, stop: () => stopServer(pid) };
};

/** As root the server runs as another user, who must be able to enter the folder: else it moves to the system's state folder. */
const dataRoot = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const root =
    !runsAsRoot() || othersCanEnter(folder) ? join(folder, 'postgres') : `/var/lib/collection-sync-${digest(folder)}`;
  await mkdir(root, { recursive: true, mode: 0o755 });
  return root;
};

const passwordIn = async (folder: string): Promise<string> => {
  const file = join(folder, 'postgres-password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const password = randomBytes(24).toString('base64url');
    await writeFile(file, password, { mode: 0o600 });
    return password;
  }
};

const urlOf = (port: number, password: string): string => `postgres://${ROLE}:${password}@127.0.0.1:${port}/postgres`;

/** postmaster.pid: its process on the first line, its port on the fourth (https://www.postgresql.org/docs/current/storage-file-layout.html). */
const runningServer = async (data: string): Promise<{ pid: number; port: number } | undefined> => {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 && (await isPostgres(pid)) ? { pid, port } : undefined;
};

const isPostgres = async (pid: number): Promise<boolean> => {
  if (!alive(pid)) return false;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'postgres');
  return name.trim() === 'postgres';
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

const launch = ({ postgres, user }: ServerPrograms, data: string, port: number, logFile: string): number => {
  const log = openSync(logFile, 'a');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  // detached: the terminal's Ctrl-C is for us, and the server must serve until we have drained
  const child = spawn(postgres, args, { ...user, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  child.unref();
  if (child.pid === undefined) throw new Error(`PostgreSQL could not be started: ${postgres}`);
  return child.pid;
};

const answers = async (url: string, pid: number, logFile: string): Promise<void> => {
  const database = new Database({ url, schema: 'bus', application: 'start' });
  try {
    for (const deadline = Date.now() + 60_000; ; await delay(100)) {
      try {
        return await database.ping();
      } catch (error) {
        if (!alive(pid) || Date.now() > deadline)
          throw new Error(`The embedded PostgreSQL does not answer; its log is ${logFile}`, { cause: error });
      }
    }
  } finally {
    await database.close();
  }
};

/** SIGINT is PostgreSQL's fast shutdown: open sessions are ended, what was committed is kept. */
const stopServer = async (pid: number): Promise<void> => {
  if (alive(pid)) process.kill(pid, 'SIGINT');
  for (const deadline = Date.now() + 30_000; alive(pid) && Date.now() < deadline;) await delay(50);
};
