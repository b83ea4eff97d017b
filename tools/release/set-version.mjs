import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace/run.mjs';

const PACKAGES = [
  'package.json',
  'libs/*/package.json',
  'apps/*/package.json',
  'e2e/package.json',
  'bench/package.json',
];

/** Where a version stands beside the packages, and how. */
const PLACES = [
  ['deploy/helm/collection-sync/Chart.yaml', /^((?:appV|v)ersion: ).*$/gm],
  ['deploy/k8s/overlays/production/kustomization.yaml', /^( +newTag: ).*$/gm],
  ['deploy/k8s/example/kustomization.yaml', /^( +newTag: ).*$/gm],
  ['deploy/k8s/example/kustomization.yaml', /(\?ref=v)[0-9][0-9A-Za-z.-]*/g],
  ['Dockerfile', /^(ARG VERSION=).*$/gm],
];

export const packageFiles = () => globSync(PACKAGES, { cwd: root }).filter((file) => !file.includes('node_modules'));

/** Every file that names the version, with what it names. */
export function versionsNamed() {
  return [
    ...packageFiles().map((file) => [file, JSON.parse(readFileSync(join(root, file), 'utf8')).version]),
    ...PLACES.flatMap(([file, place]) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(place)].map(([whole, before]) => [
        file,
        whole.slice(before.length),
      ]),
    ),
  ];
}

export function setVersion(version) {
  for (const file of packageFiles()) rewrite(file, (text) => text.replace(/^( {2}"version": )".*"/m, `$1"${version}"`));
  for (const [file, place] of PLACES) rewrite(file, (text) => text.replace(place, `$1${version}`));
}

function rewrite(file, change) {
  const path = join(root, file);
  if (existsSync(path)) writeFileSync(path, change(readFileSync(path, 'utf8')));
}
