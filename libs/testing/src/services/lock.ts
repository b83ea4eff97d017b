import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../eventually.js';
import { cacheFolder } from './folders.js';
import { isAlive, referenceTo, type ProcessReference } from './processes.js';

/** Does something while no other process of this machine and user does what has the same name. A lock whose holder died is taken over. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const folder = cacheFolder();
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  await eventually(() => take(file), {
    deadline: 900_000,
    interval: 200,
    what: `another process to finish "${name}" (${file})`,
  });
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

// Written aside and linked: the lock is never seen without its holder.
async function take(file: string): Promise<boolean> {
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, JSON.stringify(referenceTo(process.pid)));
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await isAbandoned(file)) await rm(file, { force: true });
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  return holder !== undefined && !isAlive(JSON.parse(holder) as ProcessReference);
}
