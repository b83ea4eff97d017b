import { step } from './run.mjs';

/** Builds what has changed; all packages, or the one named. */
export async function ensureBuilt(path) {
  await step(path ? `building ${path}` : 'building', 'tsc', path ? ['-b', path] : ['-b']);
}
