import { Part } from '@collection-sync/core';
import { runMain } from '@collection-sync/platform';
import { DEFAULT_SETTINGS, status } from '@collection-sync/status';
import { deafDeletions } from './deaf-deletions.js';
import { busThatChanges, busWithoutAcks } from './proof-bus.js';
import { proof, proofBus, proofSettings } from './proof-parts.js';

const bus = Part.define({
  uses: { proof, bus: proofBus },
  make: ({ uses }) => {
    const { without } = uses.proof;
    if (without === 'switch') return busThatChanges(uses.bus, deafDeletions);
    return without === 'outbox' ? busWithoutAcks(uses.bus) : uses.bus;
  },
});

await runMain(status.with({ settings: proofSettings(DEFAULT_SETTINGS), bus }));
