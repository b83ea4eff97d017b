import { busContract } from '../../test/bus-contract.js';
import { keptLog } from '../../test/kept-log.js';
import { InProcessBus, MemoryCompactedStore } from '../index.js';

busContract('in-process bus', async () => {
  const backoff = { initialMs: 5, maxMs: 50 };
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: keptLog(), backoff });
  return { process: () => bus, close: () => bus.close() };
});
