import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest, othersCanEnter, runsAsRoot } from '@collection-sync/embedded-postgres';
import { readVariable } from '../environment.js';

/** The folder of the repository, from the source as from the built file. */
export const repositoryFolder = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where downloads are kept from one checkout to the next. */
export function cacheFolder(): string {
  return join(readVariable('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'collection-sync');
}

/**
 * Where running services keep their data: `.services` in the repository. PostgreSQL refuses to run as root and runs as another user then, so
 * a repository that others cannot enter is replaced by a folder of the system's temporary folder.
 */
export function servicesFolder(): string {
  const preferred = join(repositoryFolder, '.services');
  const folder =
    !runsAsRoot() || othersCanEnter(repositoryFolder)
      ? preferred
      : join(tmpdir(), `collection-sync-${digest(preferred)}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}
