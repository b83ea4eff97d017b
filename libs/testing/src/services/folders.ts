import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, from the source as from the built file. */
export const repositoryFolder = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where downloads are kept from one checkout to the next. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'collection-sync');
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

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether any user can enter the folder and all folders above it. */
export function othersCanEnter(folder: string): boolean {
  const enter = 0o001;
  const parent = dirname(folder);
  return (statSync(folder).mode & enter) !== 0 && (parent === folder || othersCanEnter(parent));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
