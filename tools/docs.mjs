import { writtenDocs } from './docs/write-docs.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';

// npm run docs writes what is generated below docs/; npm run docs -- --check fails when it is not current.
await ensureInstalled();
await ensureBuilt();
if (process.argv.includes('--check')) await import('./docs/check-docs.mjs');
else await writtenDocs({ write: true });
