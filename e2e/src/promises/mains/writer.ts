import { runMain } from '@collection-sync/platform';
import { DEFAULT_SETTINGS, writer } from '@collection-sync/writer';
import { AllGrantingLeases } from './all-granting-leases.js';
import { hopeful } from './hopeful-graph.js';
import { proofBus, proofSettings, unless } from './proof-parts.js';

await runMain(
  writer.with({
    settings: proofSettings(DEFAULT_SETTINGS),
    bus: proofBus,
    leases: unless('lease', writer.parts.leases, () => new AllGrantingLeases()),
    graph: unless('answers', writer.parts.graph, hopeful),
    http: undefined,
  }),
);
