import { AppError, Publisher, recordBytes, type OutgoingRecord } from '@collection-sync/core';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import { CLIENT_RETRY } from './kafka-client.js';
import { translateError } from './translate-error.js';

/** The client sends the records of a partition as one batch, and a broker limits the batch (1,048,588 bytes by default). */
const SEND_BYTES = 900_000;
const RECORD_OVERHEAD = 100;

/**
 * Publishes with acknowledgement of all replicas. Not idempotent in Kafka's sense: after a send that failed although the broker had stored
 * it, kafkajs gives its sequence number to the next batch, which the broker then drops as a repetition. Here a repetition is harmless and
 * a loss is not.
 */
export class KafkaPublisher extends Publisher {
  private readonly producer: Producer;
  private connected: Promise<void> | undefined;
  private closed = false;

  constructor(
    kafka: Kafka,
    private readonly topicPrefix: string,
  ) {
    super();
    this.producer = kafka.producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      retry: { ...CLIENT_RETRY, retries: 8 },
    });
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.closed) throw new AppError('BUS_UNAVAILABLE', 'the bus is closed');
    try {
      await this.connect();
      for (const part of sends(records)) await this.send(part);
    } catch (error) {
      throw translateError(error, 'records could not be published');
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.producer.disconnect();
  }

  private connect(): Promise<void> {
    this.connected ??= this.producer.connect().catch((error: unknown) => {
      this.connected = undefined;
      throw error;
    });
    return this.connected;
  }

  private async send(records: readonly OutgoingRecord[]): Promise<void> {
    const byTopic = Map.groupBy(records, ({ topic }) => topic);
    const topicMessages = [...byTopic].map(([topic, messages]) => ({
      topic: this.topicPrefix + topic,
      messages: messages.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })),
    }));
    await this.producer.sendBatch({ acks: -1, timeout: 30_000, topicMessages });
  }
}

/** The records in their order, cut into sends that any broker takes. */
function* sends(records: readonly OutgoingRecord[]): Generator<OutgoingRecord[]> {
  let part: OutgoingRecord[] = [];
  let size = 0;
  for (const record of records) {
    const bytes = recordBytes(record) + RECORD_OVERHEAD;
    if (part.length > 0 && size + bytes > SEND_BYTES) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(record);
    size += bytes;
  }
  if (part.length > 0) yield part;
}
