import { runMain } from '@collection-sync/platform';
import { status } from './service.js';

await runMain(status);
