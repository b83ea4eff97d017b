import type { EventOf, OutgoingRecord } from '../events/envelope.js';
import type { TopicName } from '../events/topics.js';

/** Puts records on the bus. Two implementations: Kafka, in-process. */
export abstract class Publisher {
  /**
   * Resolves when the bus has all records durably: Kafka acknowledged with all replicas, or in-process every
   * subscriber has stored its work. Records of one key keep the order given. Rejects with BUS_UNAVAILABLE (retryable)
   * or BUS_RECORD_REFUSED; some of the records may then be out, so the caller sends all of them again.
   * Never call it while holding a database connection.
   */
  abstract publish(records: readonly OutgoingRecord[]): Promise<void>;
}

/** A record that arrived and could be read. */
export interface Received<T extends TopicName> {
  readonly topic: T;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly event: EventOf<T>;
  readonly partition: number;
  readonly offset: string;
}

/** What a handler gets beside its records. */
export interface HandlerContext<T extends TopicName> {
  /** Gives up one record for good: it goes to the dead-letter topic with the reason. Await it before returning. */
  deadLetter(record: Received<T>, code: string, why: string): Promise<void>;
  /** Aborted when the process stops or the partition is taken away. */
  readonly signal: AbortSignal;
}
