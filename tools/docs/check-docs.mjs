import { writtenDocs } from './write-docs.mjs';

// Fails when a generated page is not as it would be written from what is built.
const { stale } = await writtenDocs({ write: false });
for (const path of stale) console.error(`${path} is not current: npm run docs`);
process.exitCode = stale.length > 0 ? 1 : 0;
