import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = {
  start: 'tools/start.mjs',
  scenario: 'e2e/dist/scenario.js',
  proof: 'e2e/dist/proof.js',
  bench: 'bench/dist/main.js',
  screenshots: 'e2e/dist/console/screenshots.js',
  mutants: 'tools/mutants.mjs',
};

const end = (name: keyof typeof PROGRAMS, arg: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAMS[name], arg], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
};

describe('a program of the workspace', () => {
  it.each(Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])(
    '%s names what it does not know and how it is used, and starts nothing',
    (name) => {
      const { status, output } = end(name, '--colour');
      expect({ status, output }).toEqual({ status: 2, output: expect.stringContaining('--colour') });
      expect(output).toMatch(new RegExp(`npm (run )?${name}`));
    },
  );

  it.each(['proof', 'mutants'] as const)('%s says how it is used when asked', (name) => {
    expect(end(name, '--help')).toEqual({ status: 0, output: expect.stringContaining(`npm run ${name}`) });
  });
});
