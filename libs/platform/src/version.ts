import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The release that runs. Every package has the version of the workspace (npm run release). */
export const VERSION = version;
