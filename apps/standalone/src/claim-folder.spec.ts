import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimFolder } from './claim-folder.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'claimed-'))));
afterEach(() => rm(folder, { recursive: true }));

it.each(['real', 'simulated'] as const)('a folder of a %s site is taken up again', async (kind) => {
  await claimFolder(folder, kind);
  await claimFolder(folder, kind);
});

it.each([
  ['real', 'simulated'],
  ['simulated', 'real'],
] as const)('what a %s site left is refused to a %s one, with what to do', async (before, then) => {
  await claimFolder(folder, before);
  const next = `DATA_DIR=.data/${then}`;
  await expect(claimFolder(folder, then)).rejects.toThrow(next);
  await claimFolder(join(folder, then), then);
});

it('the folder of the other kind may be below', async () => {
  await claimFolder(join(folder, 'real'), 'real');
  await claimFolder(folder, 'simulated');
});

it('what a demo of an earlier release left is known by its world', async () => {
  await writeFile(join(folder, 'simulator-world.json'), '{}');
  await expect(claimFolder(folder, 'real')).rejects.toThrow('DATA_DIR');
});

it('what a real site of an earlier release left is taken up by it', async () => {
  await mkdir(join(folder, 'postgres'));
  await claimFolder(folder, 'real');
});
