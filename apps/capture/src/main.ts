import { runMain } from '@collection-sync/platform';
import { capture } from './service.js';

await runMain(capture);
