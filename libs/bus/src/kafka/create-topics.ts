import { setTimeout as sleep } from 'node:timers/promises';
import { TOPIC_SETTINGS, type TopicName, type TopicSettings } from '@collection-sync/core';
import kafkajs, { type Admin, type IResourceConfigEntry } from 'kafkajs';
import type { Log } from '@collection-sync/core';
import { kafkaClient, withAdmin } from './kafka-client.js';
import { isEventHubs, limitsOfEventHubs } from './event-hubs.js';
import type { KafkaConnection } from './kafka-options.js';
import { translateError } from './translate-error.js';

/** How long new topics may take to get their leaders. */
const LEADERS_MS = 30_000;

export interface CreateTopicsOptions extends KafkaConnection {
  /** copies of each record; with three or more, two must be written before a send is acknowledged */
  readonly replicas?: number;
  /** instead of the numbers of TOPIC_SETTINGS: a small installation, a test */
  readonly partitions?: number;
  /** instead of all topics */
  readonly topics?: readonly TopicName[];
  /** how long to try; 30 s by default */
  readonly timeoutMs?: number;
}

/**
 * Creates the topics that are missing. An existing one is not touched, since another number of partitions would break the order per key,
 * and its settings may be the operator's; a difference is logged. Tries again for a while, since brokers may be just starting; rejects with
 * BUS_UNAVAILABLE.
 */
export const createTopics = async (options: CreateTopicsOptions): Promise<void> => {
  const { timeoutMs = 30_000, log } = options;
  for (const end = performance.now() + timeoutMs; ; await sleep(1_000)) {
    try {
      return await createOnce(options);
    } catch (error) {
      const err = translateError(error, 'topics could not be created');
      if (performance.now() > end) throw err;
      log.warn({ err }, 'topics could not be created yet');
    }
  }
};

const createOnce = async (options: CreateTopicsOptions): Promise<void> => {
  const { replicas = 1, partitions, topicPrefix = '', log } = options;
  const names = options.topics ?? (Object.keys(TOPIC_SETTINGS) as TopicName[]);
  const wanted = names.map((name) => ({
    topic: topicPrefix + name,
    numPartitions: partitions ?? TOPIC_SETTINGS[name].partitions,
    replicationFactor: replicas,
    configEntries: configOf(TOPIC_SETTINGS[name], replicas),
  }));
  if (isEventHubs(options.brokers))
    for (const limit of limitsOfEventHubs(wanted)) log.warn({ limit }, 'Event Hubs may refuse a topic');
  await withAdmin(kafkaClient(options), async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter(({ topic }) => !existing.has(topic));
    if (missing.length > 0) await create(admin, missing);
    log.info({ created: missing.map(({ topic }) => topic) }, 'topics are there');
    await reportDifferences(
      admin,
      wanted.filter(({ topic }) => existing.has(topic)),
      log,
    );
  });
};

type Wanted = {
  topic: string;
  numPartitions: number;
  replicationFactor: number;
  configEntries: IResourceConfigEntry[];
};

/** A new topic is usable when its leaders know that they lead; the client itself would wait for less, and give up sooner. */
const create = async (admin: Admin, topics: Wanted[]): Promise<void> => {
  await admin.createTopics({ topics, waitForLeaders: false, timeout: LEADERS_MS });
  for (const end = performance.now() + LEADERS_MS; ; await sleep(100)) {
    try {
      // answered by the leaders themselves
      for (const { topic } of topics) await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
};

/** The settings of a topic by their names in Kafka. */
export const topicConfig = (settings: TopicSettings, replicas: number): Record<string, string> => {
  const entries: Record<string, string | number | undefined> = {
    'cleanup.policy': settings.compacted ? 'compact' : 'delete',
    // the newest segment is never compacted, and readers read it whole at their start
    'segment.ms': settings.compacted ? 6 * 3_600_000 : undefined,
    'retention.ms': settings.retentionMs,
    'max.message.bytes': settings.maxMessageBytes,
    'min.insync.replicas': replicas >= 3 ? 2 : undefined,
  };
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
};

const configOf = (settings: TopicSettings, replicas: number): IResourceConfigEntry[] =>
  Object.entries(topicConfig(settings, replicas)).map(([name, value]) => ({ name, value }));

const reportDifferences = async (admin: Admin, wanted: readonly Wanted[], log: Log): Promise<void> => {
  if (wanted.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: wanted.map(({ topic, configEntries }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name: topic,
      configNames: configEntries.map(({ name }) => name),
    })),
  });
  for (const { topic, numPartitions, configEntries } of wanted) {
    const partitions = topics.find(({ name }) => name === topic)?.partitions.length;
    const found = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    const different = configEntries.filter(
      ({ name, value }) => found.find(({ configName }) => configName === name)?.configValue !== value,
    );
    if (partitions === numPartitions && different.length === 0) continue;
    const expected = { partitions: numPartitions, settings: different };
    log.warn(
      { topic, partitions, expected },
      'a topic differs from what this version would create; it is left as it is',
    );
  }
};
