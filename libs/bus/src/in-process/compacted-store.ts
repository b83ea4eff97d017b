import type { OutgoingRecord, TopicName } from '@collection-sync/core';

/** Keeps the last record of each key of the compacted topics. Two implementations: in memory, PostgreSQL. */
export interface CompactedStore {
  /** The last record of every key of the topic. */
  load(topic: TopicName): Promise<OutgoingRecord[]>;
  /** Replaces the record of its topic and key; durable when it resolves. */
  save(record: OutgoingRecord): Promise<void>;
}

export class MemoryCompactedStore implements CompactedStore {
  private readonly records = new Map<TopicName, Map<string, OutgoingRecord>>();

  async load(topic: TopicName): Promise<OutgoingRecord[]> {
    return [...(this.records.get(topic)?.values() ?? [])];
  }

  async save(record: OutgoingRecord): Promise<void> {
    const topic = this.records.get(record.topic) ?? new Map<string, OutgoingRecord>();
    this.records.set(record.topic, topic.set(record.key, record));
  }
}
