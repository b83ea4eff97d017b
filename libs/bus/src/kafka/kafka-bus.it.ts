import { TOPICS } from '@collection-sync/core';
import { freshTopicPrefix, services } from '@collection-sync/testing';
import { busContract } from '../../test/bus-contract.js';
import { keptLog } from '../../test/kept-log.js';
import { createTopics, KafkaBus } from '../index.js';

busContract('Kafka bus', async () => {
  const log = keptLog();
  const brokers = services().kafkaBrokers.split(',');
  const connection = { brokers, clientId: 'test', topicPrefix: freshTopicPrefix(), log };
  const topics = [TOPICS.directoryChange, TOPICS.upstream, TOPICS.mapping, TOPICS.deadLetter];
  await createTopics({ ...connection, partitions: 4, topics });
  const buses: KafkaBus[] = [];
  return {
    process: () => {
      const bus = new KafkaBus({ ...connection, backoff: { initialMs: 50, maxMs: 500 } });
      buses.push(bus);
      return bus;
    },
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
    },
  };
});
