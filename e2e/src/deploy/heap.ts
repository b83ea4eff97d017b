import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './manifests.js';

/** MiB that V8 may use: what lives long, and three times what was made just now. */
export const heapOfImage = (): number => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const flag = (name: string): number => Number(new RegExp(`--${name}=(\\d+)`).exec(dockerfile)?.[1]);
  return flag('max-old-space-size') + 3 * flag('max-semi-space-size');
};
