import { AppError, TOPICS, type OutgoingRecord, type Received, type TopicName } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus, Transport } from '../src/index.js';
import { type AnyHandler, consume } from './nest-consumer.js';
import { Arrivals, deadLetters, numberOf, state, tenant, work } from './records.js';

const WORK = TOPICS.directoryChange;
const STATE = TOPICS.upstream;

/** A bus with empty topics; each call of `process` is another process's way to it. */
export interface BusUnderTest {
  process(): Bus;
  close(): Promise<void>;
}

/** What every bus promises. */
export const busContract = (name: string, open: () => Promise<BusUnderTest>): void => {
  describe(name, () => {
    let under: BusUnderTest;
    let bus: Bus;
    const pending: Promise<unknown>[] = [];

    beforeEach(async () => {
      under = await open();
      bus = under.process();
    });
    afterEach(async () => {
      await under.close();
      await Promise.allSettled(pending.splice(0));
    });

    /** Publishes without waiting for subscribers that are not there, or not willing, yet. */
    const publish = (...records: OutgoingRecord[]): Promise<void> => {
      const published = bus.publisher.publish(records);
      pending.push(published);
      published.catch(() => {});
      return published;
    };
    const worker = (handler: AnyHandler, service = 'one', at = bus) => {
      const transport = at.work(service);
      return consume(transport, { [WORK]: handler }).then((app) => ({ app, transport }));
    };

    it('keeps the order of each key', async () => {
      const got = new Arrivals();
      await worker(async (records) => got.add(records));
      const keys = [1, 2, 3, 4, 5, 6, 7, 8];
      await Promise.all(
        keys.map(async (key) => {
          for (let number = 1; number <= 20; number += 2) await publish(work(key, number), work(key, number + 1));
        }),
      );
      await eventually(() => keys.every((key) => got.of(tenant(key)).includes(20)));
      for (const key of keys)
        expect(got.distinct(tenant(key))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it('hands over at most 500 records of one partition at once', async () => {
      const numbers = Array.from({ length: 1_200 }, (_, index) => index + 1);
      const transport = bus.work('one');
      void publish(...numbers.map((number) => work(1, number)), work(2, 1), work(3, 1));
      const sizes: number[] = [];
      const partitions: number[] = [];
      const got = new Arrivals();
      const handler: AnyHandler = async (records) => {
        sizes.push(records.length);
        partitions.push(new Set(records.map(({ partition }) => partition)).size);
        got.add(records);
      };
      await consume(transport, { [WORK]: handler });
      await eventually(() => got.total >= 1_202);
      expect(got.distinct(tenant(1))).toEqual(numbers);
      expect(Math.max(...sizes)).toBe(500);
      expect(Math.max(...partitions)).toBe(1);
    });

    it('hands over key, headers with the trace, event, partition and offset', async () => {
      const got: Received<TopicName>[] = [];
      await worker(async (records) => void got.push(...records));
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const record = work(1, 7);
      await publish({ ...record, headers: { ...record.headers, traceparent } });
      await eventually(() => got.length === 1);
      expect(got[0]).toMatchObject({ topic: WORK, key: tenant(1), offset: '0', event: { tenant: tenant(1) } });
      expect(got[0]?.headers).toMatchObject({ traceparent, ce_type: WORK, ce_source: '/collection-sync/test' });
      expect(numberOf(got[0]!)).toBe(7);
    });

    it('gives a service what was published before it came, and each service each record', async () => {
      const [first, second] = [new Arrivals(), new Arrivals()];
      const early = bus.work('one');
      const late = bus.work('two');
      const published = publish(work(1, 1), work(2, 1));
      await consume(early, { [WORK]: async (records) => first.add(records) });
      await consume(late, { [WORK]: async (records) => second.add(records) });
      await published;
      await eventually(() => first.total === 2 && second.total === 2);
    });

    it('dead-letters what cannot be read, and goes on with the rest', async () => {
      const got = new Arrivals();
      const dead = deadLetters();
      await consume(bus.work('undertaker'), { [TOPICS.deadLetter]: dead.handler });
      await worker(async (records) => got.add(records));
      const record = work(1, 2);
      const changed = (change: object) => ({ ...record, ...change }) as OutgoingRecord;
      await publish(
        work(1, 1),
        changed({ value: '{"tenant":' }),
        changed({ value: '{"tenant":"x"}' }),
        changed({ headers: { ...record.headers, ce_type: 'collection-sync.directory-change.v9' } }),
        changed({ value: null }),
        work(1, 3),
        work(2, 1),
      );
      await eventually(() => got.total === 3 && dead.events.length === 4);
      expect(got.of(tenant(1))).toEqual([1, 3]);
      expect(dead.events.map(({ code }) => code)).toEqual([
        'UNREADABLE_EVENT',
        'UNREADABLE_EVENT',
        'UNKNOWN_EVENT_VERSION',
        'UNREADABLE_EVENT',
      ]);
      const [broken] = dead.events;
      expect(broken).toMatchObject({ topic: WORK, key: tenant(1), offset: '1', cut: false });
      expect(broken?.consumer).toMatch(/collection-sync\.one$/);
      expect(broken?.headers).toMatchObject({ ce_id: record.headers['ce_id'], ce_subject: tenant(1) });
      expect(Buffer.from(broken?.body ?? '', 'base64').toString()).toBe('{"tenant":');
    });

    it('dead-letters an unreadable record of nearly the largest size, cut', async () => {
      const dead = deadLetters();
      await consume(bus.work('undertaker'), { [TOPICS.deadLetter]: dead.handler });
      await worker(async () => {});
      await publish({ ...work(1, 1), value: 'x'.repeat(1_040_000) });
      await eventually(() => dead.events.length === 1);
      expect(dead.events[0]?.cut).toBe(true);
      expect(dead.events[0]!.body.length).toBeGreaterThan(900_000);
    });

    it('leaves an unreadable record of the dead-letter topic where it is', async () => {
      const dead = deadLetters();
      await consume(bus.work('undertaker'), { [TOPICS.deadLetter]: dead.handler, [WORK]: async () => {} });
      await publish({ ...work(1, 1), topic: TOPICS.deadLetter, value: 'no json' });
      await publish({ ...work(1, 1), value: 'no json' });
      await eventually(() => dead.events.length === 1);
      expect(dead.events[0]?.topic).toBe(WORK);
    });

    it('dead-letters what a handler gives up', async () => {
      const dead = deadLetters();
      const got = new Arrivals();
      await consume(bus.work('undertaker'), { [TOPICS.deadLetter]: dead.handler });
      await worker(async (records, context) => {
        for (const record of records)
          if (numberOf(record) === 2) await context.deadLetter(record, 'RequestRefused', 'two is refused');
        got.add(records.filter((record) => numberOf(record) !== 2));
      });
      await publish(work(1, 1), work(1, 2), work(1, 3));
      await eventually(() => got.total === 2 && dead.events.length === 1);
      expect(dead.events[0]).toMatchObject({ code: 'RequestRefused', why: 'two is refused', key: tenant(1) });
    });

    it('repeats the records of a handler that fails in a way that may heal, and holds up only their partition', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => index + 1);
      const partitions = new Map<string, number>();
      const got = new Arrivals();
      let sick = false;
      let failures = 0;
      const { transport } = await worker(async (records) => {
        for (const { key, partition } of records) partitions.set(key, partition);
        if (sick && records.some(({ key }) => key === tenant(1))) {
          failures += 1;
          throw new AppError('DATABASE_UNAVAILABLE', 'the database is away');
        }
        got.add(records);
      });
      await publish(...keys.map((key) => work(key, 1)));
      await eventually(() => got.total === keys.length);

      sick = true;
      void publish(work(1, 2), work(1, 3), ...keys.slice(1).map((key) => work(key, 2)));
      const others = keys.map(tenant).filter((key) => partitions.get(key) !== partitions.get(tenant(1)));
      expect(others.length).toBeGreaterThan(10);
      await eventually(() => failures >= 3 && others.every((key) => got.of(key).length === 2));
      expect(got.of(tenant(1))).toEqual([1]);

      sick = false;
      await eventually(() => keys.every((key) => got.of(tenant(key)).length === (key === 1 ? 3 : 2)));
      expect(got.of(tenant(1))).toEqual([1, 2, 3]);
      expect(transport.failed.aborted).toBe(false);
    });

    it('loses nothing and keeps the order while a handler fails half-way at random', async () => {
      const got = new Arrivals();
      await worker(async (records) => {
        const stop = Math.random() < 0.4 ? Math.floor(Math.random() * records.length) : records.length;
        got.add(records.slice(0, stop));
        if (stop < records.length) throw new AppError('DATABASE_CONFLICT', 'half-way');
      });
      const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
      const keys = [1, 2, 3, 4];
      await Promise.all(
        keys.map(async (key) => {
          for (const number of numbers) await publish(work(key, number));
        }),
      );
      await eventually(() => keys.every((key) => got.distinct(tenant(key)).length === numbers.length));
      for (const key of keys) expect(got.distinct(tenant(key))).toEqual(numbers);
    });

    it('ends a consumer for good on any other error, tells the very error, and another member takes over', async () => {
      const defect = new TypeError('undefined is not a number');
      const { transport } = await worker(async (records) => {
        if (records.some((record) => numberOf(record) === 2)) throw defect;
      });
      await publish(work(1, 1));
      void publish(work(1, 2));
      await eventually(() => transport.failed.aborted);
      expect(transport.failed.reason).toBe(defect);

      const got = new Arrivals();
      await worker(async (records) => got.add(records), 'one', under.process());
      void publish(work(1, 2), work(1, 3));
      await eventually(() => got.of(tenant(1)).includes(3));
      expect(got.distinct(tenant(1)).filter((number) => number > 1)).toEqual([2, 3]);
    });

    it('replays the state of compacted topics to each reader before it has caught up, then what changes', async () => {
      await publish(state('a', 1), state('a', 2), state('b', 1), state('c', 1));
      await publish(state('b', 2));
      const read = async (at: Bus): Promise<[Arrivals, Transport]> => {
        const transport = at.state('one');
        const got = new Arrivals();
        await consume(transport, { [STATE]: async (records) => got.add(records) });
        await transport.caughtUp;
        return [got, transport];
      };
      const [first] = await read(bus);
      const [second] = await read(under.process());
      for (const got of [first, second]) {
        expect(['a', 'b', 'c'].map((key) => got.of(`site/${key}`).at(-1))).toEqual([2, 2, 1]);
      }
      await publish(state('a', 3));
      await eventually(() => [first, second].every((got) => got.of('site/a').at(-1) === 3));
      const [third] = await read(bus);
      expect(third.of('site/a').at(-1)).toBe(3);
    });

    it('has caught up at once with an empty topic', async () => {
      const transport = bus.state('one');
      await consume(transport, { [STATE]: async () => {}, [TOPICS.mapping]: async () => {} });
      await transport.caughtUp;
    });

    it('has not caught up before the handler has taken the state, however often it fails', async () => {
      await publish(state('a', 1));
      const transport = bus.state('one');
      let failures = 0;
      await consume(transport, {
        [STATE]: async () => {
          failures += 1;
          if (failures <= 3) throw new AppError('DATABASE_UNAVAILABLE', 'the database is away');
        },
      });
      await transport.caughtUp;
      expect(failures).toBe(4);
    });

    it('shares the partitions of a service among its members, and gives those of one that closes to the others', async () => {
      const got = new Arrivals();
      const members = [0, 0];
      const member = (index: number, at: Bus) =>
        worker(
          async (records) => {
            members[index]! += records.length;
            got.add(records);
          },
          'one',
          at,
        );
      const { app } = await member(0, bus);
      await member(1, under.process());
      const keys = Array.from({ length: 40 }, (_, index) => index + 1);
      let round = 0;
      await eventually(
        async () => {
          round += 1;
          await publish(...keys.map((key) => work(key, round)));
          return members.every((count) => count > 0);
        },
        { deadline: 30_000 },
      );
      await eventually(() => keys.every((key) => got.distinct(tenant(key)).length === round));

      await app.close();
      const before = members[0];
      await publish(...keys.map((key) => work(key, round + 1)));
      await eventually(() => keys.every((key) => got.of(tenant(key)).includes(round + 1)));
      expect(members[0]).toBe(before);
    });

    it('goes on where a service stopped', async () => {
      const [before, after] = [new Arrivals(), new Arrivals()];
      const { app } = await worker(async (records) => before.add(records));
      await publish(work(1, 1), work(2, 1));
      await eventually(() => before.total === 2);
      await app.close();
      void publish(work(1, 2));
      await worker(async (records) => after.add(records), 'one', under.process());
      await eventually(() => after.total > 0);
      expect(after.of(tenant(1))).toEqual([2]);
      expect(after.of(tenant(2))).toEqual([]);
    });

    it('waits for the handler that is under way when it closes, and tells it to stop', async () => {
      let aborted = false;
      let done = false;
      let begun = false;
      const { app } = await worker(async (_records, { signal }) => {
        begun = true;
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        aborted = true;
        await new Promise((resolve) => setImmediate(resolve));
        done = true;
      });
      void publish(work(1, 1));
      await eventually(() => begun);
      await app.close();
      expect([aborted, done]).toEqual([true, true]);
    });

    it('lets handlers publish, to others and to themselves', async () => {
      const got = new Arrivals();
      const handler: AnyHandler = async (records) => {
        for (const record of records) {
          const number = numberOf(record);
          if (number < 5) await bus.publisher.publish([1, 2].map((key) => work(key, number + 1)));
        }
        got.add(records);
      };
      await worker(handler);
      await publish(work(1, 1), work(2, 1));
      await eventually(() => [1, 2].every((key) => got.of(tenant(key)).filter((number) => number === 5).length === 16));
    });

    it('refuses a record that is too large, and tells it', async () => {
      await worker(async () => {});
      const refused = publish({ ...work(1, 1), value: JSON.stringify('x'.repeat(1_048_576)) });
      await expect(refused).rejects.toMatchObject({ code: 'BUS_RECORD_REFUSED', retryable: false });
      await publish(work(1, 2));
    });

    it('publishes more at once than a broker takes in one batch', async () => {
      const got: number[] = [];
      await worker(async (records) => void got.push(...records.map(numberOf)));
      const large = (number: number): OutgoingRecord => {
        const record = work(1, number);
        return { ...record, value: record.value.replace('{', `{"ballast":"${'x'.repeat(400_000)}",`) };
      };
      await publish(...[1, 2, 3, 4, 5].map(large));
      await eventually(() => got.length === 5);
      expect(got).toEqual([1, 2, 3, 4, 5]);
    });

    it('answers a ping, and takes nothing more when it is closed', async () => {
      await bus.ping();
      await bus.close();
      await expect(bus.publisher.publish([work(1, 1)])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    });
  });
};
