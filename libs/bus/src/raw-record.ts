import type { TopicName } from '@collection-sync/core';

/** A record as it arrived, before anybody tried to read it. */
export interface RawRecord {
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}
