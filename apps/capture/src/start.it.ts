import { createTopics, KafkaBus, type Transport } from '@collection-sync/bus';
import { encodeEvent, TOPICS, type MembershipDelta, type Received } from '@collection-sync/core';
import { Metrics, silentLogger } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { connectRedis, RedisLocks } from '@collection-sync/redis';
import { eventually, freshDatabase, freshRedis, freshTopicPrefix, services } from '@collection-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { COLLECTION, GROUP, mappingRecord, simulatedSite, TARGET, TENANT } from '../test/harness.js';
import { capture, DEFAULT_SETTINGS } from './index.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const collect = async (transport: Transport): Promise<MembershipDelta[]> => {
  const seen: MembershipDelta[] = [];
  transport.addHandler(
    TOPICS.membershipDelta,
    async (records: Received<typeof TOPICS.membershipDelta>[]) => void seen.push(...records.map(({ event }) => event)),
    true,
  );
  await new Promise<void>((resolve, reject) =>
    transport.listen((error) => (error ? reject(error as Error) : resolve())),
  );
  await transport.caughtUp;
  return seen;
};

describe('the service on Kafka, PostgreSQL and Redis', () => {
  it('lets three replicas share the work: each change is sent, and the deltas follow each other', async () => {
    const simulated = await simulatedSite();
    closing.push(simulated.close);
    const topicPrefix = freshTopicPrefix();
    const brokers = [services().kafkaBrokers];
    const log = silentLogger();
    await createTopics({ brokers, clientId: 'topics', topicPrefix, partitions: 2, replicas: 1, log });
    const newBus = (clientId: string) => {
      const bus = new KafkaBus({ brokers, topicPrefix, clientId, log });
      closing.push(() => bus.close());
      return bus;
    };
    const probe = newBus('probe');
    const chunks = await collect(probe.work('probe'));
    const now = new Date().toISOString();
    await probe.publisher.publish([
      encodeEvent(
        TOPICS.upstream,
        { kind: 'directory', name: TENANT, state: 'ready', since: now, checkedAt: now, sequence: 1 },
        'resolver',
      ),
      mappingRecord(),
    ]);
    const [url, redisUrl] = [await freshDatabase(), await freshRedis()];
    await Promise.all(
      ['one', 'two', 'three'].map(async (name) => {
        const database = new ServiceDatabase({ url, schema: 'capture', application: name, max: 8 });
        const redis = connectRedis({ url: redisUrl });
        const parts = {
          database,
          bus: newBus(name),
          source: simulated.site,
          locks: new RedisLocks(redis),
          settings: { ...DEFAULT_SETTINGS, tickMs: 200, pollMs: 50, readPauseMs: 50 },
          http: undefined,
        };
        const service = await capture.with(parts).start(log, { metrics: new Metrics('capture') });
        closing.push(
          () => database.close(),
          () => redis.close(),
          () => service.close(),
        );
      }),
    );
    const first = await eventually(() => chunks.find(({ content }) => content === 'complete'));
    expect(first).toMatchObject({ collection: COLLECTION, targets: [{ target: TARGET, group: GROUP }] });
    // the time of a change has whole seconds: of two changes in one second only the count tells the second one
    for (const members of [['DeviceB'], ['DeviceA', 'DeviceD'], ['DeviceD'], ['DeviceA', 'DeviceB', 'DeviceD']]) {
      const before = chunks.length;
      await simulated.members(members);
      await eventually(() => chunks.length > before);
    }
    const deltas = chunks.filter(({ content }) => content === 'delta');
    const view = new Set(first.adds.map(({ name }) => name));
    const nameOf = new Map(chunks.flatMap(({ adds }) => adds.map(({ resource, name }) => [resource, name] as const)));
    let version = first.to;
    for (const delta of deltas) {
      expect(delta.from).toBe(version);
      version = delta.to;
      for (const { name } of delta.adds) view.add(name);
      for (const resource of delta.removes) view.delete(nameOf.get(resource) ?? '');
    }
    expect([...view].sort()).toEqual(['DeviceA', 'DeviceB', 'DeviceD']);
  });
});
