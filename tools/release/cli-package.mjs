import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { root } from '../workspace/run.mjs';
import { licenseTexts, runtimePackages } from './licenses.mjs';

const NAME = '@collection-sync/cli';

/**
 * The command line as a package of one file that needs no other package, packed into `folder`: for `npm install -g FILE`, or for a registry
 * of one's own. Its name has a scope, so that nothing of the same name elsewhere is taken for it. Resolves with the packed file.
 */
export async function packCli(folder) {
  const { version, license, engines, homepage } = readJson('package.json');
  const { description } = readJson('apps/cli/package.json');
  const contents = join(folder, 'collsync');
  rmSync(contents, { recursive: true, force: true });
  mkdirSync(join(contents, 'bin'), { recursive: true });
  const file = join(contents, 'bin', 'collsync.mjs');
  await build({
    input: join(root, 'apps/cli/dist/main.js'),
    platform: 'node',
    output: { file, format: 'esm', codeSplitting: false, minify: true },
    onLog: refuseUnresolved,
  });
  chmodSync(file, 0o755);
  cpSync(join(root, 'LICENSE'), join(contents, 'LICENSE'));
  cpSync(join(root, 'docs/cli.md'), join(contents, 'README.md'));
  writeFileSync(join(contents, 'THIRD-PARTY-LICENSES.txt'), thirdParties());
  const manifest = {
    name: NAME,
    version,
    description,
    license,
    homepage,
    type: 'module',
    bin: { collsync: 'bin/collsync.mjs' },
    engines,
    // nobody publishes it to the world by mistake
    publishConfig: { access: 'restricted' },
  };
  writeFileSync(join(contents, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder, contents], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  rmSync(contents, { recursive: true });
  return join(folder, JSON.parse(packed)[0].filename);
}

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

const thirdParties = () =>
  licenseTexts(runtimePackages(['apps/cli']))
    .map(({ name, version, license, text }) => `${name} ${version}: ${license}\n\n${text}\n`)
    .join('\n');

/** Nest asks for transports that nobody has installed only when they are used; anything else that is missing would be a defect. */
const refuseUnresolved = (_level, log) => {
  if (log.code === 'UNRESOLVED_IMPORT' && !/node_modules.@nestjs./.test(log.id ?? log.message))
    throw new Error(log.message);
};
