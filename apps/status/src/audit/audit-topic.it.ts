import { createTopics, InProcessBus, KafkaBus, MemoryCompactedStore } from '@collection-sync/bus';
import { AppError, decodeEvent, TOPICS, type AuditEvent } from '@collection-sync/core';
import { silentLogger } from '@collection-sync/platform';
import { eventually, freshDatabase, freshTopicPrefix, services, uniqueName } from '@collection-sync/testing';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionEvent, groupId, startFixture, targetId, TENANT, type Fixture } from '../../test/status-fixture.js';

// Whoever collects the audit log reads its topic, with a client of their own.

const brokers = services().kafkaBrokers.split(',');
const topicPrefix = freshTopicPrefix();
const connection = { brokers, topicPrefix, log: silentLogger(), clientId: 'audit-test' };
const collector = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).consumer({
  groupId: uniqueName('collector'),
});
const collected: AuditEvent[] = [];

beforeAll(async () => {
  await createTopics({ ...connection, partitions: 3 });
  await collector.connect();
  await collector.subscribe({ topic: topicPrefix + TOPICS.audit, fromBeginning: true });
  await collector.run({
    eachMessage: async ({ message }) => {
      const decoded = decodeEvent(TOPICS.audit, {}, message.value?.toString() ?? null);
      if (!decoded.ok) throw new Error(decoded.why);
      collected.push(decoded.event);
    },
  });
}, 60_000);
afterAll(() => collector.disconnect());

const map = async (status: Fixture, n: number): Promise<void> => {
  const body = {
    tenantId: TENANT,
    groupId: groupId(n),
    groupName: `Group ${n}`,
    collectionId: 'ABC00014',
    preflight: 'skip',
  };
  expect((await status.request('POST', '/mappings', body)).status).toBe(201);
};
const sealed = (status: Fixture): Promise<unknown> =>
  eventually(async () => expect((await status.request('GET', '/audit/verification')).body['unsealed']).toBe(0) ?? true);

it('has each line of the log in the order of its chain, those too that were sealed while Kafka was away and the service fell', async () => {
  const databaseUrl = await freshDatabase();
  const settings = { tickMs: 50 };
  const log = silentLogger();
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log, services: ['status'] });
  const first = await startFixture({ databaseUrl, bus, settings });
  await first.publish(TOPICS.collection, collectionEvent('ABC00014'));
  bus.publisher.publish = () => Promise.reject(new AppError('BUS_UNAVAILABLE', 'no broker answers'));
  for (const n of [1, 2]) await map(first, n);
  await sealed(first);
  await first.close();

  const second = await startFixture({ databaseUrl, bus: new KafkaBus(connection), settings });
  await map(second, 3);
  await second.request('POST', `/mappings/${targetId(3)}/pause`);
  await sealed(second);
  const { items } = (await second.request<{ items: { id: number }[] }>('GET', '/audit')).body;
  expect(items).toHaveLength(4);
  await eventually(() => new Set(collected.map(({ line }) => line)).size === items.length, { deadline: 30_000 });
  const lines = [...new Map(collected.map((each) => [each.line, each])).values()].toSorted((a, b) => a.line - b.line);
  expect(lines.map(({ line, previous, hash }) => [line, previous === lines[line - 2]?.hash, hash.length])).toEqual(
    items.map((_, at) => [at + 1, at > 0, 64]),
  );
  // the API tells names beside
  expect(items.toReversed()).toMatchObject(
    lines.map(({ line: _line, previous: _previous, hash: _hash, ...entry }) => entry),
  );
  await second.close();
}, 120_000);
