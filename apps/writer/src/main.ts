import { runMain } from '@collection-sync/platform';
import { writer } from './service.js';

await runMain(writer);
