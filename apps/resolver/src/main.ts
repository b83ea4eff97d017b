import { runMain } from '@collection-sync/platform';
import { resolver } from './service.js';

await runMain(resolver);
