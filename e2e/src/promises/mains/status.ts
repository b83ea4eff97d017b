import { runMain } from '@collection-sync/platform';
import { DEFAULT_SETTINGS, status } from '@collection-sync/status';
import { busWithoutAcks } from './proof-bus.js';
import { proofBus, proofSettings, unless } from './proof-parts.js';

await runMain(
  status.with({ settings: proofSettings(DEFAULT_SETTINGS), bus: unless('outbox', proofBus, busWithoutAcks) }),
);
