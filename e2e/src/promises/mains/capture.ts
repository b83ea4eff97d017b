import { capture, DEFAULT_SETTINGS } from '@collection-sync/capture';
import { runMain } from '@collection-sync/platform';
import { credulous } from './credulous-site.js';
import { proofBus, proofSettings, unless } from './proof-parts.js';

await runMain(
  capture.with({
    settings: proofSettings(DEFAULT_SETTINGS),
    bus: proofBus,
    source: unless('completeness', capture.parts.source, credulous),
    http: undefined,
  }),
);
