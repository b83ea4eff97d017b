import type { CompactedStore } from '@collection-sync/bus';
import type { OutgoingRecord, TopicName } from '@collection-sync/core';
import type { Database } from '@collection-sync/postgres';

/** What a compacted topic is on a broker: the last record of each key, kept in PostgreSQL. */
export class RetainedRecords implements CompactedStore {
  constructor(private readonly database: Database) {}

  load(topic: TopicName): Promise<OutgoingRecord[]> {
    return this.database.query<OutgoingRecord>(
      'select topic, key, headers, value from retained_record where topic = $1',
      [topic],
    );
  }

  async save({ topic, key, headers, value }: OutgoingRecord): Promise<void> {
    await this.database.query(
      `insert into retained_record (topic, key, headers, value) values ($1, $2, $3, $4)
       on conflict (topic, key) do update set headers = excluded.headers, value = excluded.value`,
      [topic, key, JSON.stringify(headers), value],
    );
  }
}
