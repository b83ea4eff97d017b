import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace/run.mjs';

/**
 * What the rules that know types look at: the files of the package that Nx lints and what these import, which is read in a fraction of the
 * time; without Nx all files.
 */
export const lintedProgram = () => {
  const folder = process.env.LINTED_FOLDER;
  if (folder === undefined) return 'tsconfig.tests.json';
  const file = join('.nx', 'linted', `${folder.replaceAll('/', '-')}.json`);
  const program = {
    extends: '../../tsconfig.tests.json',
    include: [`../../${folder}/**/*.ts`, '../../vitest.config.ts'],
  };
  mkdirSync(join(root, '.nx', 'linted'), { recursive: true });
  writeFileSync(join(root, file), JSON.stringify(program));
  return file;
};
