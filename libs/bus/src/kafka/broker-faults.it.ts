import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import { eventually, startKafka } from '@collection-sync/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeBusesAfterEach, kafkaTopics } from '../../test/kafka.js';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, state, tenant, work } from '../../test/records.js';
import type { Bus } from '../index.js';

const WORK = TOPICS.directoryChange;
const STATE = TOPICS.upstream;
const keys = Array.from({ length: 20 }, (_, index) => index + 1);

/** Publishes until it is acknowledged, as whoever owns the records does. */
const publishUntilAcknowledged = async (bus: Bus, records: OutgoingRecord[]): Promise<void> => {
  for (;;) {
    try {
      await bus.publisher.publish(records);
      return;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'BUS_UNAVAILABLE')) throw error;
    }
  }
};

describe('a Kafka bus whose broker fails', () => {
  let kafka: Awaited<ReturnType<typeof startKafka>>;
  beforeAll(async () => {
    kafka = await startKafka();
  });
  closeBusesAfterEach();

  it('loses nothing and keeps the order when the broker is killed under load and comes back', async () => {
    const { bus } = await kafkaTopics({ address: kafka.address });
    const got = new Arrivals();
    const reader = new Arrivals();
    const transport = bus().work('one');
    await consume(transport, { [WORK]: async (records) => got.add(records) });
    await consume(bus().state('one'), { [STATE]: async (records) => reader.add(records) });
    const publisher = bus();
    let loading = true;
    const sent = new Map<number, number>();
    const load = keys.map(async (key) => {
      for (let number = 1; loading; number += 1) {
        await publishUntilAcknowledged(publisher, [work(key, number), state(String(key), number)]);
        sent.set(key, number);
        await sleep(20);
      }
    });
    await eventually(() => got.total > 200);
    await kafka.kill();
    await sleep(2_000);
    await kafka.start();
    const restarted = got.total;
    await eventually(() => got.total > restarted + 200, { deadline: 60_000 });
    loading = false;
    await Promise.all(load);
    await eventually(() => keys.every((key) => got.of(tenant(key)).includes(sent.get(key)!)), { deadline: 60_000 });
    for (const key of keys) {
      const numbers = Array.from({ length: sent.get(key)! }, (_, index) => index + 1);
      expect(got.distinct(tenant(key))).toEqual(numbers);
    }
    await eventually(() => keys.every((key) => reader.of(`site/${key}`).at(-1) === sent.get(key)), {
      deadline: 60_000,
    });
    expect(transport.failed.aborted).toBe(false);
  }, 180_000);

  it('waits for a broker that is away at start, says so, and goes on when it comes', async () => {
    const { bus, log } = await kafkaTopics({ address: kafka.address });
    await bus().publisher.publish([state('a', 1), work(1, 1)]);
    await kafka.stop();
    const got = new Arrivals();
    const late = bus();
    const [reader, worker] = [late.state('one'), late.work('one')];
    await consume(reader, { [STATE]: async (records) => got.add(records) });
    await consume(worker, { [WORK]: async (records) => got.add(records) });
    await expect(late.ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE', retryable: true });
    await expect(late.publisher.publish([work(1, 2)])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    const waiting = () => log.lines.filter(({ message }) => message === 'a consumer waits for the brokers');
    await eventually(() => waiting().length >= 2, { deadline: 60_000 });
    expect(waiting().every(({ level }) => level === 'warn')).toBe(true);
    await kafka.start();
    await reader.caughtUp;
    await eventually(() => got.of('site/a').length > 0 && got.of(tenant(1)).length > 0, { deadline: 60_000 });
    await eventually(() => late.ping().then(() => true));
    await late.publisher.publish([work(1, 2)]);
    await eventually(() => got.of(tenant(1)).includes(2), { deadline: 60_000 });
    expect([reader.failed.aborted, worker.failed.aborted]).toEqual([false, false]);
  }, 180_000);

  it('closes although no broker answers', async () => {
    const { bus } = await kafkaTopics({ address: kafka.address });
    const got = new Arrivals();
    const made = bus();
    const app = await consume(made.work('one'), { [WORK]: async (records) => got.add(records) });
    await made.publisher.publish([work(1, 1)]);
    await eventually(() => got.total > 0);
    await kafka.pause();
    // the broker answers again only when it has closed
    await app.close().finally(() => kafka.resume());
  }, 120_000);

  it('goes on after a broker that was frozen for longer than the session time-out', async () => {
    const { bus } = await kafkaTopics({ address: kafka.address });
    const got = new Arrivals();
    const worker = bus().work('one');
    await consume(worker, { [WORK]: async (records) => got.add(records) });
    const publisher = bus();
    await publisher.publisher.publish(keys.map((key) => work(key, 1)));
    await eventually(() => keys.every((key) => got.of(tenant(key)).length > 0));
    await kafka.pause();
    const published = publishUntilAcknowledged(
      publisher,
      keys.map((key) => work(key, 2)),
    );
    await sleep(10_000);
    await kafka.resume();
    await published;
    await eventually(() => keys.every((key) => got.of(tenant(key)).includes(2)), { deadline: 90_000 });
    for (const key of keys) expect(got.distinct(tenant(key))).toEqual([1, 2]);
    expect(worker.failed.aborted).toBe(false);
  }, 180_000);
});
