import { KafkaBus, createTopics } from '@collection-sync/bus';
import { TOPICS, type EventInput } from '@collection-sync/core';
import { silentLogger } from '@collection-sync/platform';
import { eventually, freshTopicPrefix, services } from '@collection-sync/testing';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collectionEvent,
  counts,
  groupId,
  outcome,
  startFixture,
  targetId,
  TENANT,
  type Fixture,
} from '../../test/status-fixture.js';

const HALF = '\uD83D';
const at = new Date().toISOString();
const failed = (sequence: number, message: string): EventInput<typeof TOPICS.run> => ({
  target: targetId(1),
  collection: 'ABC00001',
  activated: 1,
  at,
  sequence,
  producer: 'writer',
  event: 'failed',
  run: crypto.randomUUID(),
  kind: 'full',
  startedAt: at,
  counts: counts({}),
  code: 'GRAPH_UNAVAILABLE',
  message,
  advice: 'wait',
});

describe('texts that a database does not store', () => {
  let status: Fixture;
  beforeAll(async () => {
    status = await startFixture();
    await status.publish(
      TOPICS.collection,
      collectionEvent('ABC00001', { name: `Odd \0 ${HALF}`, comment: 'C:\\u0000' }),
    );
    await status.request('POST', '/mappings', {
      tenantId: TENANT,
      groupId: groupId(1),
      groupName: 'g',
      collectionId: 'ABC00001',
      preflight: 'skip',
    });
  });
  afterAll(() => status.close());

  it('are shown cleaned, in every event, and stop nothing', async () => {
    await status.publish(TOPICS.run, failed(1, `Graph answered 502 ${HALF}`), failed(2, 'a path C:\\u0000'));
    await status.publish(TOPICS.membershipResult, {
      target: targetId(1),
      collection: 'ABC00001',
      activated: 1,
      merged: 1,
      sequence: 5,
      previous: 0,
      members: [outcome(1, { name: `PC\0${HALF}`, state: 'failed', code: 'RequestRefused', message: `no ${HALF}\0` })],
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
    });
    const runs = await status.request<{ items: { failure?: { message: string } }[] }>('GET', '/runs');
    expect(runs.body.items.map(({ failure }) => failure?.message).sort()).toEqual([
      'Graph answered 502 \uFFFD',
      'a path C:\\u0000',
    ]);
    const members = await status.request<{ items: object[] }>('GET', `/targets/${TENANT}/${groupId(1)}/members`);
    expect(members.body.items).toMatchObject([{ name: 'PC\uFFFD\uFFFD', message: 'no \uFFFD\uFFFD' }]);
    const collections = await status.request<{ items: object[] }>('GET', '/collections');
    expect(collections.body.items).toMatchObject([{ collectionName: 'Odd \uFFFD \uFFFD' }]);
  });

  it.each([
    ['a NUL', `a\0b`],
    ['half a character', `a${HALF}b`],
  ])('are refused with words where an operator writes them: %s', async (_what, groupName) => {
    const answer = await status.request('POST', '/mappings', {
      tenantId: TENANT,
      groupId: groupId(2),
      groupName,
      collectionId: 'ABC00001',
      preflight: 'skip',
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('zero character');
  });

  it('keep no mapping from being changed when its version is beyond any clock', async () => {
    const { body: mapping } = await status.request<{ version: number }>('GET', `/mappings/${TENANT}/${groupId(1)}`);
    const [published] = await status.outgoing(TOPICS.mapping);
    const forged = JSON.stringify({ ...published, version: Number.MAX_SAFE_INTEGER });
    await status.bus.publisher.publish([{ topic: TOPICS.mapping, key: targetId(1), headers: {}, value: forged }]);
    const paused = await status.request<{ version: number }>('POST', `/mappings/${TENANT}/${groupId(1)}/pause`);
    expect(paused.status).toBe(200);
    expect(paused.body.version).toBeGreaterThan(mapping.version);
    expect(paused.body.version).toBeLessThan(Date.now() + 60_000);
    const letters = await status.request<{ items: { why: string }[] }>('GET', '/dead-letters');
    expect(letters.body.items.map(({ why }) => why)).toContain('version: is a version from the future');
  });
});

describe('a record on Kafka that nobody can read', () => {
  const headers = { note: 'C:\\u0000', 'odd\0name': 'x\0', ce_type: TOPICS.membershipResult };
  it.each([
    ['a header that ends in the six characters \\u0000', { key: 'k', value: 'not json', headers }],
    ['a long key cut inside a character', { key: 'k'.repeat(1_023) + '\u{1F600}', value: 'not json' }],
    ['a trace that is none', { key: 'k', value: '{', headers: { traceparent: '\0'.repeat(70_000) } }],
  ])('is on the page of dead letters, and ends nothing: %s', async (_what, message) => {
    const brokers = services().kafkaBrokers.split(',');
    const topicPrefix = freshTopicPrefix({ brokers: services().kafkaBrokers });
    const connection = { brokers, clientId: 'test', topicPrefix, log: silentLogger() };
    await createTopics({ ...connection, partitions: 1 });
    const status = await startFixture({ bus: new KafkaBus(connection) });
    const producer = new kafkajs.Kafka({ brokers, logLevel: 0 }).producer();
    await producer.connect();
    await producer.send({ topic: topicPrefix + TOPICS.membershipResult, messages: [message] });
    await producer.disconnect();
    await eventually(
      async () => (await status.request<{ items: object[] }>('GET', '/dead-letters')).body.items.length === 1,
    );
    await status.close();
  });
});
