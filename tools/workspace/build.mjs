import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustStep, root } from './run.mjs';

const consoleFolder = join(root, 'apps', 'console');
const stamp = join(root, '.nx', 'console-built');

/** Builds what has changed: all packages and the console, or the package named and what it needs. */
export async function ensureBuilt(path = '.') {
  await mustStep(path === '.' ? 'building' : `building ${path}`, 'tsc', ['-b', path]);
  if (path === '.') await ensureConsoleBuilt();
}

/** The console is made by a bundler, from nothing but its own files and its packages. */
export async function ensureConsoleBuilt() {
  const now = digest();
  const built = existsSync(join(consoleFolder, 'dist', 'index.html')) && existsSync(stamp);
  if (built && readFileSync(stamp, 'utf8') === now) return;
  await mustStep('building the console', 'vite', ['build', 'apps/console', '--logLevel', 'warn']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function digest() {
  const hash = createHash('sha256');
  const files = ['index.html', 'package.json', 'vite.config.ts', ...filesBelow('public'), ...filesBelow('src')];
  for (const file of files) hash.update(file).update(readFileSync(join(consoleFolder, file)));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(consoleFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(consoleFolder.length + 1))
    .sort();
}
