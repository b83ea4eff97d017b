import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { runNode } from './workspace/run.mjs';

await ensureInstalled();
await ensureBuilt();
process.exit(await runNode('apps/standalone/dist/main.js', process.argv.slice(2)));
