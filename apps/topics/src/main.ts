import { createTopics } from '@collection-sync/bus';
import { readEnvironment, runMain } from '@collection-sync/platform';
import { topicsEnvironment } from './topics.env.js';

await runMain({
  name: 'topics',
  start: async (log) => {
    const { kafka, TOPIC_REPLICAS, TOPIC_PARTITIONS } = readEnvironment(topicsEnvironment);
    await createTopics({
      ...kafka,
      clientId: 'collection-sync-topics',
      log,
      replicas: TOPIC_REPLICAS,
      partitions: TOPIC_PARTITIONS,
    });
    process.exit(0);
  },
});
