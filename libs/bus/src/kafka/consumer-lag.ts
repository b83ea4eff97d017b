import type { Admin } from 'kafkajs';

/** How many records of each topic a group has not consumed yet. A partition without a committed offset counts from its earliest record. */
export const consumerLag = async (admin: Admin, group: string): Promise<Map<string, number>> => {
  // kafkajs looks for the coordinator of a group among the brokers that it has heard of, and does not ask who they are
  await admin.describeCluster();
  const lag = new Map<string, number>();
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group })) {
    const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    let behind = 0;
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      const from = Math.max(Number(low), committed.get(partition) ?? 0);
      behind += Math.max(0, Number(high) - from);
    }
    lag.set(topic, behind);
  }
  return lag;
};
