import { ensureBuilt } from '../workspace/build.mjs';
import { ensureInstalled } from '../workspace/install.mjs';
import { runNode } from '../workspace/run.mjs';

await ensureInstalled();
await ensureBuilt('libs/testing');
process.exit(await runNode('libs/testing/dist/services/cli.js', process.argv.slice(2)));
