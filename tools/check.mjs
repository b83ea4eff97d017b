import { check } from './check/check.mjs';
import { ensureInstalled } from './workspace/install.mjs';

await ensureInstalled();
process.exit((await check()) ? 0 : 1);
