import { Part } from '@collection-sync/core';
import { runMain } from '@collection-sync/platform';
import { DEFAULT_SETTINGS, resolver } from '@collection-sync/resolver';
import { laterRelease } from './later-release.js';
import { busThatChanges } from './proof-bus.js';
import { proof, proofBus, proofSettings } from './proof-parts.js';
import { unbrokenChain } from './unbroken-chain.js';

const { database } = resolver.parts;

const bus = Part.define({
  uses: { proof, bus: proofBus, database },
  make: ({ uses }) => {
    const { later, without } = uses.proof;
    if (later) return busThatChanges(uses.bus, laterRelease(later));
    return without === 'versions' ? busThatChanges(uses.bus, unbrokenChain(uses.database)) : uses.bus;
  },
});

await runMain(resolver.with({ settings: proofSettings(DEFAULT_SETTINGS), bus, http: undefined }));
