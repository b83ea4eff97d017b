import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustStep, root } from '../workspace/run.mjs';
import { packCli } from './cli-package.mjs';

const ARCHIVED = [
  'deploy',
  'docs',
  'LICENSE',
  'CHANGELOG.md',
  'docker-compose.yml',
  'docker-compose.demo.yml',
  '.env.example',
];

/** What is handed on with a release, in release/: its notes, manifests and chart, what it is made of, licenses, checksums. */
export async function makeArtifacts(version, notes) {
  const folder = join(root, 'release');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const artifact = (name) => join(folder, `collection-sync-${version}-${name}`);
  const output = (program, args) =>
    execFileSync(program, args, { cwd: root, maxBuffer: 1 << 27, shell: process.platform === 'win32' });
  writeFileSync(join(folder, 'NOTES.md'), notes);
  const archive = artifact('deploy.tar.gz');
  output('git', [
    'archive',
    '--format=tar.gz',
    `--prefix=collection-sync-${version}/`,
    '-o',
    archive,
    'HEAD',
    ...ARCHIVED,
  ]);
  const sbom = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx'];
  writeFileSync(artifact('sbom.cdx.json'), output('npm', sbom));
  const workspaces = readdirSync(join(root, 'apps')).map((name) => `apps/${name}`);
  await mustStep('licenses', 'node', ['tools/licenses.mjs', artifact('licenses.txt'), ...workspaces]);
  await packCli(folder);
  const sums = readdirSync(folder).map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`,
  );
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
}
