import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustStep, root } from './run.mjs';

const OLDEST_NODE = 20;

/** Installs the packages of the lock file unless they are installed. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    console.error(
      `Node ${process.versions.node} is too old to begin with: install Node ${OLDEST_NODE} or newer (https://nodejs.org).`,
    );
    process.exit(1);
  }
  if (isInstalled()) return;
  await mustStep('installing packages (npm ci, about half a minute)', 'npm', ['ci', '--loglevel=error']);
}

// npm keeps a record of what it installed. Times of files say too little: a checkout touches the lock file, an install may or may not.
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path, wanted]) => path.startsWith('node_modules/') && !wanted.optional && !wanted.devOptional)
    .every(([path, wanted]) => installed[path] !== undefined && installed[path].version === wanted.version);
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
