/** What a topic would be made with. */
interface Wanted {
  readonly topic: string;
  readonly numPartitions: number;
  readonly configEntries: readonly { name: string; value: string }[];
}

/** https://learn.microsoft.com/azure/event-hubs/compare-tiers, https://learn.microsoft.com/azure/event-hubs/event-hubs-quotas */
const STANDARD = { topics: 10, partitions: 32, retentionMs: 7 * 24 * 3_600_000 } as const;
const PREMIUM = { partitions: 100 } as const;
const NAME = /^[a-z0-9]([a-z0-9._-]{0,254}[a-z0-9])?$/i;
const MOST_BYTES = 1024 * 1024;

export const isEventHubs = (brokers: readonly string[]): boolean =>
  brokers.some((broker) => /\.servicebus\.(windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)(:\d+)?$/i.test(broker));

/** What Event Hubs will not do of it, each with what helps. Its tier and what else is in the namespace are not known here. */
export const limitsOfEventHubs = (wanted: readonly Wanted[]): string[] => {
  const partitions = Math.max(...wanted.map(({ numPartitions }) => numPartitions));
  const number = ({ configEntries }: Wanted, setting: string): number =>
    Number(configEntries.find(({ name }) => name === setting)?.value ?? 0);
  const retention = Math.max(...wanted.map((each) => number(each, 'retention.ms')));
  const checks: [boolean, string][] = [
    [
      wanted.length > STANDARD.topics,
      `${wanted.length} topics: a Standard namespace has ${STANDARD.topics} event hubs`,
    ],
    [
      partitions > STANDARD.partitions,
      `${partitions} partitions: a Standard event hub has ${STANDARD.partitions}, a Premium one ${PREMIUM.partitions}; set TOPIC_PARTITIONS`,
    ],
    [retention > STANDARD.retentionMs, `${retention} ms of retention: a Standard event hub keeps 7 days`],
  ];
  const each = wanted.flatMap((topic): [boolean, string][] => [
    [!NAME.test(topic.topic), `${topic.topic}: no name of an event hub; set another KAFKA_TOPIC_PREFIX`],
    [
      number(topic, 'max.message.bytes') > MOST_BYTES,
      `${topic.topic}: records of more than 1 MB are refused, copies of dead letters among them`,
    ],
  ]);
  return [...checks, ...each].flatMap(([exceeded, what]) => (exceeded ? [what] : []));
};
