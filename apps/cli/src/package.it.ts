import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readVariable } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Without the programs of the workspace: the Node and the npm that the machine has. */
const PATH = (readVariable('PATH') ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes(`node_modules${sep}.bin`))
  .join(delimiter);

let folder: string;
const run = async (file: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const env = { PATH, HOME: folder, XDG_CONFIG_HOME: folder, npm_config_cache: join(folder, 'cache') };
  return new Promise((resolve) => {
    execFile(file, args, { cwd: folder, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
};
const collsync = (...args: string[]) => run(join(folder, 'bin/collsync'), ...args);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collsync-package-'));
  const pack = `import { packCli } from './tools/release/cli-package.mjs'; console.log(await packCli(process.argv[1]))`;
  const packed = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', pack, folder], {
    cwd: root,
  });
  const file = packed.stdout.trim();
  expect(await run('npm', 'install', '--global', '--prefix', folder, '--offline', file)).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('the packed command line', () => {
  it('runs where it was installed, without another package', async () => {
    const installed = join(folder, 'lib/node_modules/@collection-sync/cli');
    const { version, dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      version: string;
      dependencies?: object;
    };
    expect(dependencies).toBeUndefined();
    expect(await collsync('--version')).toMatchObject({ code: 0, out: `${version}\n` });
    expect(await collsync('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') as string });
  });

  it.each([
    [['collections'], 3, /^You are not signed in at .+\. collsync login --url .+\n$/],
    [['nonsense'], 2, /unknown command 'nonsense'/],
    [['collections', '--url', 'http://127.0.0.1:1', '--token', 'x'], 6, /does not answer.+Check the address/],
    [['collections', '--url', 'nowhere', '--token', 'x'], 2, /http/],
    [['apply', '-f', 'nothing.yaml', '--token', 'x'], 2, /nothing\.yaml cannot be read/],
  ])('says of %j what happened and what to do, without a stack', async (args, code, words) => {
    const said = await collsync(...args);
    expect(said).toMatchObject({ code, err: expect.stringMatching(words) as string });
    expect(said.err).not.toMatch(/^\s+at /m);
  });

  it('examines what it can reach from here', async () => {
    const { out, err } = await collsync('doctor', '-o', 'json');
    expect(err).toBe('');
    const findings = JSON.parse(out) as { check: string; state: string; fix?: string }[];
    expect(findings.find(({ check }) => check === 'service')).toMatchObject({ state: 'failed' });
    for (const { state, fix } of findings) if (state !== 'ok') expect(fix).toMatch(/\w/);
    expect(out).not.toContain('This is a defect');
  });
});
