import { TOPICS, type TopicName } from '@collection-sync/core';
import { freshTopicPrefix, services } from '@collection-sync/testing';
import { afterEach } from 'vitest';
import { createTopics, KafkaBus, type KafkaBusOptions } from '../src/index.js';
import { keptLog } from './kept-log.js';

export const FEW_TOPICS: readonly TopicName[] = [
  TOPICS.directoryChange,
  TOPICS.upstream,
  TOPICS.mapping,
  TOPICS.deadLetter,
];

/** Fresh topics of four partitions, and as many buses on them as there are calls of `bus`. All are closed after the test. */
export const kafkaTopics = async ({
  address = services().kafkaBrokers,
  topics = FEW_TOPICS,
}: { address?: string; topics?: readonly TopicName[] } = {}) => {
  const log = keptLog();
  const brokers = address.split(',');
  const topicPrefix = freshTopicPrefix({ brokers: address });
  const connection = { brokers, clientId: 'test', topicPrefix, log };
  if (topics.length > 0) await createTopics({ ...connection, partitions: 4, topics });
  const bus = (options: Partial<KafkaBusOptions> = {}) => {
    const made = new KafkaBus({ ...connection, backoff: { firstMs: 50, maxMs: 500 }, ...options });
    buses.push(made);
    return made;
  };
  return { bus, connection, log, topicPrefix };
};

const buses: KafkaBus[] = [];

export const closeBuses = async (): Promise<void> => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()));
};

export const closeBusesAfterEach = (): void => {
  afterEach(closeBuses);
};
