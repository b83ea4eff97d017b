import { createTopics } from '@collection-sync/bus';
import { ownTokens } from '@collection-sync/graph';
import { readEnvironment, runMain } from '@collection-sync/platform';
import { topicsEnvironment } from './topics.env.js';

await runMain({
  name: 'topics',
  start: async (log) => {
    const { kafka, own, TOPIC_REPLICAS, TOPIC_PARTITIONS } = readEnvironment(topicsEnvironment);
    await createTopics({
      ...kafka,
      tokens: ownTokens(own),
      clientId: 'collection-sync-topics',
      log,
      replicas: TOPIC_REPLICAS,
      partitions: TOPIC_PARTITIONS,
    });
    process.exit(0);
  },
});
