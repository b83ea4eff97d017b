import { writtenDocs } from './docs/write-docs.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';

// npm run docs writes what is generated below docs/; npm run docs -- --check fails when it is not current.
await ensureInstalled();
await ensureBuilt();
const { stale } = await writtenDocs({ write: !process.argv.includes('--check') });
for (const path of stale) console.error(`${path} is not current: npm run docs`);
process.exit(stale.length > 0 ? 1 : 0);
