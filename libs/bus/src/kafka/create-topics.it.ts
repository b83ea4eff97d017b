import { TOPIC_SETTINGS, TOPICS, type TopicName } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import kafkajs, { type Admin, ConfigResourceTypes } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kafkaTopics } from '../../test/kafka.js';
import { keptLog } from '../../test/kept-log.js';
import { createTopics } from '../index.js';

describe('createTopics', () => {
  let admin: Admin;
  let setting: Awaited<ReturnType<typeof kafkaTopics>>;

  beforeEach(async () => {
    setting = await kafkaTopics({ topics: [] });
    const { brokers } = setting.connection;
    admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterEach(() => admin.disconnect());

  const create = async (options = {}) => {
    const log = keptLog();
    await createTopics({ ...setting.connection, log, ...options });
    return log.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields);
  };
  const partitions = async (name: TopicName) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [setting.topicPrefix + name] });
    return topics[0]?.partitions.length;
  };
  const config = async (name: TopicName) => {
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: setting.topicPrefix + name }];
    const described = await admin.describeConfigs({ resources, includeSynonyms: false });
    return Object.fromEntries(
      described.resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
  };

  it('creates every topic with its partitions, retention and limits, and is harmless when repeated', async () => {
    expect(await create()).toEqual([]);
    for (const name of Object.keys(TOPIC_SETTINGS) as TopicName[])
      expect(await partitions(name)).toBe(TOPIC_SETTINGS[name].partitions);
    expect(await config(TOPICS.mapping)).toMatchObject({ 'cleanup.policy': 'compact' });
    expect(await config(TOPICS.membershipDelta)).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': String(24 * 3_600_000),
    });
    expect(await config(TOPICS.deadLetter)).toMatchObject({ 'max.message.bytes': String(2 * 1024 * 1024) });
    expect(await create()).toEqual([]);
  });

  it('creates what is missing, and leaves what is there as it is, but says what differs', async () => {
    const topic = setting.topicPrefix + TOPICS.run;
    const configEntries = [{ name: 'retention.ms', value: '60000' }];
    await admin.createTopics({ topics: [{ topic, numPartitions: 2, configEntries }], waitForLeaders: false });
    await eventually(() => partitions(TOPICS.run));
    expect(await create({ topics: [TOPICS.run, TOPICS.command] })).toEqual([
      { topic, partitions: 2, expected: { partitions: 12, settings: [{ name: 'retention.ms', value: '604800000' }] } },
    ]);
    expect(await partitions(TOPICS.run)).toBe(2);
    expect(await partitions(TOPICS.command)).toBe(12);
  });

  it('may be called by several at once', async () => {
    await Promise.all([create({ topics: [TOPICS.run] }), create({ topics: [TOPICS.run] })]);
    expect(await partitions(TOPICS.run)).toBe(12);
  });

  it('refuses more replicas than there are brokers, with a reason', async () => {
    const refused = create({ replicas: 3, topics: [TOPICS.run], timeoutMs: 100 });
    await expect(refused).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
      message: expect.stringMatching(/replication.factor is invalid/i),
    });
  });
});
