import { TOPICS } from '@collection-sync/core';
import { expect, it } from 'vitest';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, state, work, tenant } from '../../test/records.js';
import { keptLog } from '../../test/kept-log.js';
import { InProcessBus, MemoryCompactedStore } from '../index.js';

it('smoke', async () => {
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: keptLog() });
  const got = new Arrivals();
  await bus.publisher.publish([state('a', 1), state('a', 2), state('b', 1)]);
  const s = bus.state('x');
  await consume(s, { [TOPICS.upstream]: async (records) => got.add(records) });
  await s.caughtUp;
  expect(got.of('site/a')).toEqual([2]);
  const w = bus.work('x');
  const published = bus.publisher.publish([work(1, 1), work(1, 2)]);
  await consume(w, { [TOPICS.directoryChange]: async (records) => got.add(records) });
  await published;
  expect(got.of(tenant(1))).toEqual([1, 2]);
  await bus.close();
});
