import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace/run.mjs';

/** The packages that the named workspaces need to run, from the lock file. */
export function runtimePackages(workspaces, { packages } = lockFile()) {
  const seen = new Set();
  const visit = (path) => {
    const place = packages[path]?.link ? packages[path].resolved : path;
    if (seen.has(place) || !packages[place]) return;
    seen.add(place);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[place];
    for (const name of Object.keys({ ...peerDependencies, ...dependencies, ...optionalDependencies }))
      visit(resolve(place, name));
  };
  const resolve = (from, name) => {
    for (let folder = from; ; folder = folder.replace(/\/?(?:node_modules\/)?(?:@[^/]+\/)?[^/]+$/, '')) {
      const candidate = `${folder ? `${folder}/` : ''}node_modules/${name}`;
      if (packages[candidate] || folder === '') return candidate;
    }
  };
  workspaces.forEach(visit);
  return [...seen].filter((path) => path.includes('node_modules/')).sort();
}

/** What is handed on with an image: each package with its license, as it says it. */
export function licenseTexts(paths) {
  return paths
    .filter((path) => existsSync(join(root, path, 'package.json')))
    .map((path) => {
      const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
      const kind = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' or ') ?? 'not said';
      const texts = readdirSync(join(root, path))
        .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
        .map((file) => readFileSync(join(root, path, file), 'utf8').trim());
      return { name, version, license: kind, text: [...new Set(texts)].join('\n\n') };
    });
}

const lockFile = () => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
