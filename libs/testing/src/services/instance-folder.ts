import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { servicesFolder } from './folders.js';
import { OwnService } from './own-service.js';
import { isAlive, referenceTo, type ProcessReference } from './processes.js';

const OWNER = 'owner.json';
const PREFIX = 'of-';

/** A new folder for services that shall not outlive this process. What dead processes left is stopped and deleted first. */
export async function newInstanceFolder(): Promise<string> {
  await sweep();
  const folder = await mkdtemp(join(servicesFolder(), `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o755);
  await writeFile(join(folder, OWNER), JSON.stringify(referenceTo(process.pid)));
  return folder;
}

/** The services in a folder, by folder name. */
export async function servicesIn(folder: string): Promise<OwnService[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => OwnService.restore(join(folder, entry.name))),
  );
  return found.filter((service) => service !== undefined);
}

/** Stops what runs in the folder and deletes it. */
export async function removeInstanceFolder(folder: string): Promise<void> {
  await Promise.all((await servicesIn(folder)).map((service) => service.remove()));
  await rm(folder, { recursive: true, force: true });
}

/** Stops and deletes what processes that have ended left behind. */
export async function sweep(): Promise<void> {
  for (const name of await readdir(servicesFolder())) {
    const folder = join(servicesFolder(), name);
    if (name.startsWith(PREFIX) && !(await hasLivingOwner(folder))) await removeInstanceFolder(folder);
  }
}

// The name has the owner's process id, too: it is there before the file is.
async function hasLivingOwner(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, OWNER), 'utf8').catch(() => undefined);
  if (text) return isAlive(JSON.parse(text) as ProcessReference);
  const [pid] = basename(folder).slice(PREFIX.length).split('-');
  return referenceTo(Number(pid)) !== undefined;
}
