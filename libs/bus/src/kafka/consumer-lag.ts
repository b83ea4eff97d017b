import type { Admin } from 'kafkajs';

/** How many records of each topic a group has not consumed yet. A partition without a committed offset counts from its earliest record. */
export const consumerLag = async (admin: Admin, group: string): Promise<Map<string, number>> => {
  const lag = new Map<string, number>();
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group })) {
    const ends = await admin.fetchTopicOffsets(topic);
    const behind = partitions.map(({ partition, offset }) => {
      const end = ends.find((each) => each.partition === partition);
      if (!end) return 0;
      return Math.max(0, Number(end.high) - Math.max(Number(end.low), Number(offset)));
    });
    lag.set(
      topic,
      behind.reduce((sum, each) => sum + each, 0),
    );
  }
  return lag;
};
