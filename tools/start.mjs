import { ensureBuilt } from './workspace/build.mjs';
import { endWithUsage } from './workspace/command-line.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { runNode } from './workspace/run.mjs';

const USAGE = `All four services in one process, with a simulated site and tenant where no real ones are named.

  npm start

It takes no arguments: docs/environment.md has the variables.`;

endWithUsage(USAGE, process.argv.length > 2 && `npm start does not know ${process.argv[2]}`);

await ensureInstalled();
await ensureBuilt();
process.exit(await runNode('apps/standalone/dist/main.js'));
