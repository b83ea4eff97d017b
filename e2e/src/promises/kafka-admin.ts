import { eventually } from '@collection-sync/testing';
import kafkajs, { type Admin } from 'kafkajs';
import type { Cluster } from './cluster.js';

const { Kafka, logLevel } = kafkajs;

const client = (cluster: Cluster): kafkajs.Kafka =>
  new Kafka({ clientId: 'proof', brokers: [cluster.kafka.address], logLevel: logLevel.NOTHING });

/** The hands of somebody who administers the broker. */
const withAdmin = async <T>(cluster: Cluster, work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = client(cluster).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

/** All records of a topic that were not read yet are gone. */
export const loseContent = (cluster: Cluster, topic: string): Promise<void> =>
  withAdmin(cluster, async (admin) => {
    const partitions = await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({
      topic,
      partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })),
    });
  });

/** The highest offset of all partitions, added up. */
export const written = (cluster: Cluster, topic: string): Promise<number> =>
  withAdmin(cluster, async (admin) =>
    (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0),
  );

/** The groups of these services begin at the earliest record again; their processes must not run. */
export const forgetOffsets = (cluster: Cluster, services: readonly string[]): Promise<void> =>
  withAdmin(cluster, async (admin) => {
    const left = new Set(services.map((service) => `collection-sync.${service}`));
    // a group has members until the broker misses them
    await eventually(
      async () => {
        for (const group of left) {
          await admin.deleteGroups([group]);
          left.delete(group);
        }
        return true;
      },
      { deadline: 60_000, interval: 500, what: 'the groups to be forgotten' },
    );
  });

export interface ForeignRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string | null;
  readonly headers?: Record<string, string>;
}

/** Records as a program of somebody else may write them. */
export const produce = async (cluster: Cluster, records: readonly ForeignRecord[]): Promise<void> => {
  const producer = client(cluster).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    for (const { topic, key, value, headers } of records) {
      await producer.send({ topic, messages: [{ key, value, ...(headers ? { headers } : {}) }] });
    }
  } finally {
    await producer.disconnect();
  }
};
