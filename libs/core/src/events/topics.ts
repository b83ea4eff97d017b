/** Topic names as `collection-sync.<noun>.v<version>`. */
export const TOPICS = {
  mapping: 'collection-sync.mapping.v1',
  command: 'collection-sync.command.v1',
  collection: 'collection-sync.collection.v1',
  upstream: 'collection-sync.upstream.v1',
  membershipDelta: 'collection-sync.membership-delta.v1',
  directoryChange: 'collection-sync.directory-change.v1',
  membershipChange: 'collection-sync.membership-change.v1',
  membershipResult: 'collection-sync.membership-result.v1',
  run: 'collection-sync.run.v1',
  lookUp: 'collection-sync.look-up.v1',
  audit: 'collection-sync.audit.v1',
  deadLetter: 'collection-sync.dead-letter.v1',
} as const;

export type TopicKind = keyof typeof TOPICS;
export type TopicName = (typeof TOPICS)[TopicKind];

export interface TopicSettings {
  /** the last record of each key is kept forever; every process reads the topic whole at its start */
  readonly compacted: boolean;
  readonly partitions: number;
  readonly retentionMs?: number;
  readonly maxMessageBytes?: number;
}

const HOUR = 3_600_000;

/** One million members on one key hold up the other keys of its partition for about 30 s, hence more partitions for content. */
const CONTENT = { compacted: false, partitions: 48, retentionMs: 24 * HOUR } as const;
const STATE = { compacted: true, partitions: 12 } as const;
const WORK = { compacted: false, partitions: 12, retentionMs: 7 * 24 * HOUR } as const;

export const TOPIC_SETTINGS: Readonly<Record<TopicName, TopicSettings>> = {
  [TOPICS.mapping]: STATE,
  [TOPICS.command]: WORK,
  [TOPICS.collection]: STATE,
  [TOPICS.upstream]: STATE,
  [TOPICS.membershipDelta]: CONTENT,
  [TOPICS.directoryChange]: WORK,
  [TOPICS.membershipChange]: CONTENT,
  [TOPICS.membershipResult]: WORK,
  [TOPICS.run]: WORK,
  // an answer is waited for no longer than a minute
  [TOPICS.lookUp]: { ...WORK, retentionMs: HOUR },
  // for who keeps it elsewhere, and may be away for a while
  [TOPICS.audit]: { ...WORK, retentionMs: 30 * 24 * HOUR },
  // a copy carries more headers than its source and must still fit
  [TOPICS.deadLetter]: { ...WORK, maxMessageBytes: 2 * 1024 * 1024 },
};
