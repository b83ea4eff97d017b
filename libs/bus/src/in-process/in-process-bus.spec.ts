import { AppError, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busContract } from '../../test/bus-contract.js';
import { keptLog } from '../../test/kept-log.js';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, numberOf, state, tenant, work } from '../../test/records.js';
import { InProcessBus, type InProcessBusOptions, MemoryCompactedStore } from '../index.js';

const newBus = (options: Partial<InProcessBusOptions> = {}) =>
  new InProcessBus({
    store: new MemoryCompactedStore(),
    log: keptLog(),
    backoff: { firstMs: 1, maxMs: 10 },
    ...options,
  });

busContract('in-process bus', async () => {
  const bus = newBus();
  return { process: () => bus, close: () => bus.close() };
});

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const open = Symbol();
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
};

describe('publishing in one process', () => {
  it('resolves when every subscriber has stored its work', async () => {
    const bus = newBus();
    const release: (() => void)[] = [];
    const slow = () => new Promise<void>((resolve) => release.push(resolve));
    await consume(bus.work('one'), { [TOPICS.upstream]: slow });
    await consume(bus.state('two'), { [TOPICS.upstream]: slow });
    const published = bus.publisher.publish([state('a', 1)]);
    expect(await settled(published)).toBe(false);
    release.shift()!();
    expect(await settled(published)).toBe(false);
    release.shift()!();
    await published;
  });

  it('waits for a service that is expected but has not come yet, and not for one that does not read the topic', async () => {
    const bus = newBus({ services: ['one', 'two'] });
    const got = new Arrivals();
    const published = bus.publisher.publish([work(1, 1)]);
    await consume(bus.work('one'), { [TOPICS.directoryChange]: async (records) => got.add(records) });
    expect(await settled(published)).toBe(false);
    await consume(bus.work('two'), { [TOPICS.command]: async () => {} });
    await published;
    expect(got.total).toBe(1);
  });

  it('waits for a service that has closed until it is back', async () => {
    const bus = newBus();
    const got = new Arrivals();
    const handlers = { [TOPICS.directoryChange]: async (records: Parameters<Arrivals['add']>[0]) => got.add(records) };
    await (await consume(bus.work('one'), handlers)).close();
    const published = bus.publisher.publish([work(1, 1)]);
    expect(await settled(published)).toBe(false);
    await consume(bus.work('one'), handlers);
    await published;
  });

  it('keeps a compacted record before anybody gets it', async () => {
    const store = new MemoryCompactedStore();
    const bus = newBus({ store });
    const kept: number[] = [];
    await consume(bus.state('one'), {
      [TOPICS.upstream]: async () => void kept.push((await store.load(TOPICS.upstream)).length),
    });
    await bus.publisher.publish([state('a', 1)]);
    expect(kept).toEqual([1]);
  });

  it('is told when a record could not be kept, and nobody gets that record', async () => {
    const store = new MemoryCompactedStore();
    store.save = () => Promise.reject(new AppError('DATABASE_UNAVAILABLE', 'away'));
    const bus = newBus({ store });
    const got = new Arrivals();
    await consume(bus.state('one'), { [TOPICS.upstream]: async (records) => got.add(records) });
    await expect(bus.publisher.publish([state('a', 1)])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    expect(got.total).toBe(0);
  });

  it('replays what was kept by an earlier process, also to a work group, before what is new', async () => {
    const store = new MemoryCompactedStore();
    await newBus({ store }).publisher.publish([state('a', 1), state('a', 2), state('b', 1)]);
    let failures = 0;
    const load = store.load.bind(store);
    store.load = async (topic) => {
      failures += 1;
      if (failures < 3) throw new AppError('DATABASE_UNAVAILABLE', 'away');
      return load(topic);
    };
    const bus = newBus({ store });
    const got = new Arrivals();
    const transport = bus.work('one');
    await consume(transport, { [TOPICS.upstream]: async (records) => got.add(records) });
    await bus.publisher.publish([state('a', 3)]);
    await transport.caughtUp;
    expect(got.of('site/a').at(-1)).toBe(3);
    expect(got.of('site/b')).toEqual([1]);
  });

  it('is told that a subscriber has failed, until it is back', async () => {
    const bus = newBus();
    await consume(bus.work('one'), { [TOPICS.directoryChange]: () => Promise.reject(new Error('defect')) });
    const failure = { code: 'BUS_UNAVAILABLE', message: 'the consumer collection-sync.one has failed' };
    await expect(bus.publisher.publish([work(1, 1)])).rejects.toMatchObject(failure);
    await expect(bus.publisher.publish([work(2, 1)])).rejects.toMatchObject(failure);
    await consume(bus.work('one'), { [TOPICS.directoryChange]: async () => {} });
    await bus.publisher.publish([work(1, 1)]);
  });

  it('waits, from outside, also for what handlers published in a circle', async () => {
    const bus = newBus();
    const got = new Arrivals();
    // two keys whose handlers publish to each other, at the same time
    await consume(bus.work('one'), {
      [TOPICS.directoryChange]: async (records) => {
        for (const record of records) {
          const number = numberOf(record);
          const other = record.key === tenant(1) ? 2 : 1;
          await new Promise((resolve) => setImmediate(resolve));
          if (number < 20) await bus.publisher.publish([work(other, number + 1)]);
          got.add([record]);
        }
      },
    });
    await Promise.all([bus.publisher.publish([work(1, 1)]), bus.publisher.publish([work(2, 1)])]);
    expect([1, 2].map((key) => got.distinct(tenant(key)).length)).toEqual([20, 20]);
  });

  it('does not hold up a publisher that a handler merely woke', async () => {
    const bus = newBus();
    let wake!: () => void;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const later = woken.then(() => bus.publisher.publish([work(1, 2)]));
    const got = new Arrivals();
    await consume(bus.work('one'), {
      [TOPICS.directoryChange]: async (records) => {
        got.add(records);
        setImmediate(wake);
      },
    });
    await bus.publisher.publish([work(1, 1)]);
    await later;
    expect(got.of(tenant(1))).toEqual([1, 2]);
  });

  it('keeps the order of each key and loses nothing, whatever fails', async () => {
    const plan = fc.record({
      publishes: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }), { maxLength: 12 }),
      attempts: fc.infiniteStream(
        fc.record({ fails: fc.boolean(), after: fc.nat({ max: 5 }), turns: fc.nat({ max: 3 }) }),
      ),
      awaits: fc.infiniteStream(fc.boolean()),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ publishes, attempts, awaits }) => {
        const bus = newBus({ backoff: { firstMs: 0, maxMs: 1 } });
        const [first, second] = [new Arrivals(), new Arrivals()];
        for (const [service, got] of [['one', first] as const, ['two', second] as const]) {
          await consume(bus.work(service), {
            [TOPICS.directoryChange]: async (records) => {
              const { fails, after, turns } = attempts.next().value;
              for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
              got.add(fails ? records.slice(0, after) : records);
              if (fails) throw new AppError('DATABASE_CONFLICT', 'half-way');
            },
          });
        }
        const numbers = new Map<number, number>();
        const sent: Promise<void>[] = [];
        for (const keys of publishes) {
          const records: OutgoingRecord[] = keys.map((key) => {
            numbers.set(key, (numbers.get(key) ?? 0) + 1);
            return work(key, numbers.get(key)!);
          });
          const published = bus.publisher.publish(records);
          sent.push(published);
          if (awaits.next().value) await published;
        }
        await Promise.all(sent);
        for (const [key, last] of numbers) {
          const expected = Array.from({ length: last }, (_, index) => index + 1);
          expect(first.distinct(tenant(key))).toEqual(expected);
          expect(second.distinct(tenant(key))).toEqual(expected);
        }
        await bus.close();
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});
