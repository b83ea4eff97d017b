import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@collection-sync/platform';

export type Kind = 'simulated' | 'real';

/** What each kind leaves in its folder; the first is its mark. */
const LEFT: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  simulated: ['site-simulated', 'simulator-world.json', 'simulator.json', 'simulator.out'],
  real: ['site-real'],
};
const OTHER: Readonly<Record<Kind, Kind>> = { simulated: 'real', real: 'simulated' };
const WORDS: Readonly<Record<Kind, string>> = {
  simulated: 'the demo, whose mappings mean nothing to a real site and tenant',
  real: 'a real site and tenant, to which the demo must not add its mappings',
};

/**
 * Makes the folder, and marks it: what one kind keeps would be taken up by the other.
 * @throws EnvironmentError when the other kind keeps its data there
 */
export const claimFolder = async (folder: string, kind: Kind): Promise<void> => {
  const has = (name: string): boolean => existsSync(join(folder, name));
  const other = OTHER[kind];
  if (LEFT[other].some(has) && !has(LEFT[kind][0]))
    throw new EnvironmentError([
      `DATA_DIR: ${folder} has the data of ${WORDS[other]}. Name another folder, such as DATA_DIR=.data/${kind}.`,
    ]);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, LEFT[kind][0]), '');
};
