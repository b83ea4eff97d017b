import { readFileSync } from 'node:fs';

/** NODE_OPTIONS of the image, so that what is measured is what is run. */
export const imageOptions = (): string => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const found = [...dockerfile.matchAll(/NODE_OPTIONS="([^"]*)"/g)].at(-1)?.[1];
  if (found === undefined) throw new Error('the Dockerfile names no NODE_OPTIONS');
  return found;
};
