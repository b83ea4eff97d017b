import { Part } from '@collection-sync/core';
import { runMain } from '@collection-sync/platform';
import { DEFAULT_SETTINGS, writer } from '@collection-sync/writer';
import { AllGrantingLeases } from './all-granting-leases.js';
import { hopeful } from './hopeful-graph.js';
import { proof, proofBus, proofSettings, unless } from './proof-parts.js';
import { WaitingLeases } from './waiting-leases.js';

const { leases, database } = writer.parts;
const waiting = Part.define({
  uses: { proof, leases, database },
  make: ({ uses }) => (uses.proof.without === 'renewal' ? new WaitingLeases(uses.leases, uses.database) : uses.leases),
});

await runMain(
  writer.with({
    settings: proofSettings(DEFAULT_SETTINGS),
    bus: proofBus,
    leases: unless('lease', waiting, () => new AllGrantingLeases()),
    graph: unless('answers', writer.parts.graph, hopeful),
    http: undefined,
  }),
);
