import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packCli } from './release/cli-package.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { root } from './workspace/run.mjs';

// npm run pack:cli [-- FOLDER]: the command line as a package, into release/ or FOLDER.
await ensureInstalled();
await ensureBuilt('apps/cli');
const folder = resolve(process.argv[2] ?? join(root, 'release'));
mkdirSync(folder, { recursive: true });
console.log(await packCli(folder));
