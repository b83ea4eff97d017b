import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustStep, root } from './run.mjs';

const OLDEST_NODE = 20;
const lockFile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.collection-sync-installed');
const record = join(root, 'node_modules', '.package-lock.json');

/** Installs the packages of the lock file unless they are installed. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    console.error(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (https://nodejs.org).`,
    );
    process.exit(1);
  }
  if (isInstalledByUs() || isInstalledByHand()) return;
  await mustStep('installing packages (npm ci, a minute or several)', 'npm', ['ci', '--loglevel=error']);
  writeFileSync(stamp, digest());
}

// Times of files say too little: a checkout touches the lock file, an install may or may not.
function isInstalledByUs() {
  return existsSync(record) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest();
}

// npm keeps a record of what it installed.
function isInstalledByHand() {
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(lockFile))
    .filter(([path, wanted]) => path.startsWith('node_modules/') && !wanted.optional && !wanted.devOptional)
    .every(([path, wanted]) => installed[path] !== undefined && installed[path].version === wanted.version);
}

function digest() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
