import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { runNode } from './workspace/run.mjs';

/** Programs of the workspace that are run by name: npm run scenario, bench, proof, screenshots. */
const programs = {
  scenario: 'e2e/dist/scenario.js',
  proof: 'e2e/dist/proof.js',
  bench: 'bench/dist/main.js',
  screenshots: 'e2e/dist/console/screenshots.js',
};

const [name, ...args] = process.argv.slice(2);
if (!Object.hasOwn(programs, name)) {
  console.error(`node tools/run.mjs NAME [arguments], where NAME is one of: ${Object.keys(programs).join(', ')}`);
  process.exit(2);
}

await ensureInstalled();
await ensureBuilt();
process.exit(await runNode(programs[name], args));
