import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { run } from './workspace/run.mjs';

await ensureInstalled();
await ensureBuilt();
process.exit(await run('node', ['apps/standalone/dist/main.js', ...process.argv.slice(2)]));
