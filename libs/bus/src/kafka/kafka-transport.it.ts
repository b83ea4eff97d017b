import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, TOPICS, type Received, type TopicName } from '@collection-sync/core';
import { eventually, runProcess } from '@collection-sync/testing';
import kafkajs, { type Admin } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { closeBusesAfterEach, FEW_TOPICS, kafkaTopics } from '../../test/kafka.js';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, deadLetters, numberOf, state, tenant, work } from '../../test/records.js';
import { createTopics } from '../index.js';

const WORK = TOPICS.directoryChange;
const STATE = TOPICS.upstream;
const keys = Array.from({ length: 40 }, (_, index) => index + 1);

const client = (brokers: string[]) => new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
const asAdmin = async <T>(brokers: string[], ask: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = client(brokers).admin();
  await admin.connect();
  return ask(admin).finally(() => admin.disconnect());
};

describe('a consumer of Kafka', () => {
  closeBusesAfterEach();

  it('is a member of the group that is named after the service, and has committed when it closes', async () => {
    const { bus, connection, topicPrefix } = await kafkaTopics();
    const got = new Arrivals();
    const app = await consume(bus().work('writer'), { [WORK]: async (records) => got.add(records) });
    await bus().publisher.publish(keys.map((key) => work(key, 1)));
    await eventually(() => keys.every((key) => got.of(tenant(key)).length > 0));
    await app.close();
    const groupId = `${topicPrefix}collection-sync.writer`;
    const offsets = await asAdmin(connection.brokers, (admin) =>
      admin.fetchOffsets({ groupId, topics: [topicPrefix + WORK] }),
    );
    const committed = offsets[0]!.partitions.map(({ offset }) => Math.max(0, Number(offset)));
    expect(committed.reduce((sum, offset) => sum + offset)).toBe(keys.length);
  });

  it('commits nothing when it reads state, and leaves no group behind', async () => {
    const { bus, connection, topicPrefix } = await kafkaTopics();
    await bus().publisher.publish([state('a', 1)]);
    const transport = bus().state('writer');
    const app = await consume(transport, { [STATE]: async () => {} });
    await transport.caughtUp;
    const groups = () =>
      asAdmin(connection.brokers, async (admin) =>
        (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(topicPrefix)),
      );
    const [groupId] = await eventually(async () => {
      const found = await groups();
      return found.length === 1 && found;
    });
    expect(groupId).toContain('collection-sync.writer.state.');
    const offsets = await asAdmin(connection.brokers, (admin) => admin.fetchOffsets({ groupId: groupId! }));
    expect(offsets.flatMap(({ partitions }) => partitions).filter(({ offset }) => offset !== '-1')).toEqual([]);
    await app.close();
    expect(await groups()).toEqual([]);
  });

  it.each([true, false])('catches up with a topic that ends in a transaction (committed: %s)', async (committed) => {
    const { bus, connection, topicPrefix } = await kafkaTopics();
    const producer = client(connection.brokers).producer({ transactionalId: `${topicPrefix}t`, idempotent: true });
    await producer.connect();
    const transaction = await producer.transaction();
    const { key, value, headers } = state('a', 1);
    await transaction.send({ topic: topicPrefix + STATE, messages: [{ key, value, headers: { ...headers } }] });
    await (committed ? transaction.commit() : transaction.abort());
    await producer.disconnect();
    // the broker writes the end of a transaction after it has answered; before that, its records are not there for a reader
    await eventually(async () => {
      const ends = await asAdmin(connection.brokers, (admin) => admin.fetchTopicOffsets(topicPrefix + STATE));
      return ends.some(({ high }) => high === '2');
    });
    const transport = bus().state('one');
    const got = new Arrivals();
    await consume(transport, { [STATE]: async (records) => got.add(records) });
    await transport.caughtUp;
    expect(got.total).toBe(committed ? 1 : 0);
  });

  it('stays a member while a handler takes longer than the session time-out', async () => {
    const { bus } = await kafkaTopics();
    const got = new Arrivals();
    let aborted = false;
    let begun = false;
    const handler = async (records: Received<TopicName>[], { signal }: { signal: AbortSignal }) => {
      begun = true;
      if (records.some((record) => numberOf(record) === 1)) await sleep(9_000);
      aborted ||= signal.aborted;
      got.add(records);
    };
    await consume(bus().work('one'), { [WORK]: handler });
    await bus().publisher.publish([work(1, 1)]);
    await eventually(() => begun);
    await eventually(() => got.total === 1);
    await bus().publisher.publish([work(1, 2)]);
    await eventually(() => got.of(tenant(1)).includes(2));
    expect(got.of(tenant(1))).toEqual([1, 2]);
    expect(aborted).toBe(false);
  });

  it('tells a busy handler that its partition may go to another member', async () => {
    const { bus } = await kafkaTopics();
    const got = new Arrivals();
    let begun = false;
    let aborted = false;
    await consume(bus().work('one'), {
      [WORK]: async (records, { signal }) => {
        begun = true;
        if (!aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        aborted = true;
        signal.throwIfAborted();
        got.add(records);
      },
    });
    await bus().publisher.publish([work(1, 1)]);
    await eventually(() => begun);
    await consume(bus().work('one'), { [WORK]: async (records) => got.add(records) });
    await eventually(() => aborted && got.total === 1);
    await bus().publisher.publish(keys.map((key) => work(key, 2)));
    await eventually(() => keys.every((key) => got.of(tenant(key)).includes(2)));
  });

  it('heals a paused partition although members come and go meanwhile', async () => {
    const { bus } = await kafkaTopics();
    const got = new Arrivals();
    let sick = false;
    let failures = 0;
    const handler = async (records: Received<TopicName>[]) => {
      if (sick && records.some(({ key }) => key === tenant(1))) {
        failures += 1;
        throw new AppError('DATABASE_UNAVAILABLE', 'the database is away');
      }
      got.add(records);
    };
    const member = () => consume(bus().work('one'), { [WORK]: handler });
    await member();
    const { publisher } = bus();
    await publisher.publish(keys.map((key) => work(key, 1)));
    await eventually(() => keys.every((key) => got.of(tenant(key)).length > 0));

    sick = true;
    await publisher.publish(keys.map((key) => work(key, 2)));
    for (let round = 0; round < 3; round += 1) {
      const before = failures;
      await eventually(() => failures > before + 1);
      const other = await member();
      await eventually(() => failures > before + 3);
      await publisher.publish(keys.map((key) => work(key, 3 + round)));
      await other.close();
    }
    sick = false;
    await eventually(() => keys.every((key) => got.distinct(tenant(key)).length === 5));
    for (const key of keys) expect(got.distinct(tenant(key))).toEqual([1, 2, 3, 4, 5]);
  });

  it('handles partitions beside each other, as many as it is told', async () => {
    const { bus } = await kafkaTopics();
    let now = 0;
    let most = 0;
    await bus().publisher.publish(keys.map((key) => work(key, 1)));
    const got = new Arrivals();
    await consume(bus({ concurrency: 2 }).work('one'), {
      [WORK]: async (records) => {
        now += 1;
        most = Math.max(most, now);
        await sleep(200);
        now -= 1;
        got.add(records);
      },
    });
    await eventually(() => keys.every((key) => got.of(tenant(key)).length > 0));
    expect(most).toBe(2);
  });

  it('does not skip an unreadable record while the dead-letter topic is missing', async () => {
    const { bus, connection, log } = await kafkaTopics({ topics: [WORK] });
    const got = new Arrivals();
    await consume(bus().work('one'), { [WORK]: async (records) => got.add(records) });
    await bus().publisher.publish([
      { ...work(1, 1), value: 'no json' },
      work(1, 2),
      ...keys.slice(1).map((key) => work(key, 1)),
    ]);
    await eventually(() => log.lines.some(({ message }) => message === 'a handler failed and is called again'), {
      deadline: 60_000,
    });
    await createTopics({ ...connection, partitions: 4, topics: [TOPICS.deadLetter] });
    const dead = deadLetters();
    await consume(bus().work('undertaker'), { [TOPICS.deadLetter]: dead.handler });
    await eventually(() => dead.events.length > 0 && keys.every((key) => got.of(tenant(key)).length > 0), {
      deadline: 60_000,
    });
    expect(dead.events[0]).toMatchObject({ offset: '0', key: tenant(1) });
  }, 150_000);

  it('waits for topics that are missing at its start', async () => {
    const { bus, connection, log } = await kafkaTopics({ topics: [] });
    const got = new Arrivals();
    const transport = bus().state('one');
    await consume(transport, { [STATE]: async (records) => got.add(records) });
    await consume(bus().work('one'), { [WORK]: async (records) => got.add(records) });
    await eventually(
      () => log.lines.filter(({ message }) => message === 'a consumer waits for the brokers').length >= 2,
      { deadline: 60_000 },
    );
    expect(JSON.stringify(log.lines.map(({ fields }) => String((fields as { err?: unknown }).err)))).toContain(
      'a topic does not exist; create the topics',
    );
    await createTopics({ ...connection, partitions: 4, topics: FEW_TOPICS });
    await bus().publisher.publish([work(1, 1), state('a', 1)]);
    await transport.caughtUp;
    await eventually(() => got.total === 2, { deadline: 60_000 });
  }, 150_000);

  it('takes over what a killed member held, and loses nothing', async () => {
    const { bus, connection, topicPrefix } = await kafkaTopics();
    const args = [connection.brokers.join(','), topicPrefix, WORK];
    const file = 'libs/bus/test/member.mjs';
    const members = [runProcess({ file, args }), runProcess({ file, args })] as const;
    const handled = (member: (typeof members)[number]) => member.lines.filter((line) => line.startsWith('0'));
    const lines = () => members.flatMap(handled);
    const { publisher } = bus();
    let round = 0;
    const publishRound = async () => {
      round += 1;
      await publisher.publish(keys.map((key) => work(key, round)));
    };
    await eventually(async () => {
      await publishRound();
      return members.every((member) => handled(member).length > 0);
    });
    const publishing = publishRound();
    await members[0].kill();
    await publishing;
    await publishRound();
    const all = keys.flatMap((key) => Array.from({ length: round }, (_, index) => `${tenant(key)} ${index + 1}`));
    await eventually(() => all.every((line) => lines().includes(line)));
    for (const member of members) {
      for (const key of keys) {
        const seen = new Set(handled(member).filter((line) => line.startsWith(tenant(key))));
        const numbers = [...seen].map((line) => Number(line.split(' ')[1]));
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      }
    }
  });
});
