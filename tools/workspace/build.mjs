import { mustStep } from './run.mjs';

/** Builds what has changed: all packages, or the one named and what it needs. */
export async function ensureBuilt(path = '.') {
  await mustStep(path === '.' ? 'building' : `building ${path}`, 'tsc', ['-b', path]);
}
