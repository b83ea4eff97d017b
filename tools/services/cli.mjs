import { ensureBuilt } from '../workspace/build.mjs';
import { ensureInstalled } from '../workspace/install.mjs';
import { run } from '../workspace/run.mjs';

// kafkajs sets timers in the past: https://github.com/tulios/kafkajs/issues/1751
const flags = ['--disable-warning=TimeoutNegativeWarning'];

await ensureInstalled();
await ensureBuilt('libs/testing');
process.exit(await run('node', [...flags, 'libs/testing/dist/services/cli.js', ...process.argv.slice(2)]));
