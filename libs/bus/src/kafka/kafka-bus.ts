import { type Backoff } from '@collection-sync/core';
import type { Admin } from 'kafkajs';
import { type Bus, DEFAULT_BACKOFF } from '../bus.js';
import { consumerLag } from './consumer-lag.js';
import { CLIENT_RETRY, kafkaClient } from './kafka-client.js';
import type { KafkaConnection } from './kafka-options.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaStateTransport } from './kafka-state-transport.js';
import type { KafkaTransport } from './kafka-transport.js';
import { KafkaWorkTransport } from './kafka-work-transport.js';
import { translateError } from './translate-error.js';

export interface KafkaBusOptions extends KafkaConnection {
  /** partitions of one consumer handled at the same time; 4 by default */
  readonly concurrency?: number;
  readonly backoff?: Backoff;
}

/** The bus of several processes: Kafka 4. Its topics are made by `createTopics`. Nothing connects before it is used. */
export class KafkaBus implements Bus {
  readonly publisher: KafkaPublisher;
  private readonly topicPrefix: string;
  private readonly transports = new Set<KafkaTransport>();
  private admin: Promise<Admin> | undefined;

  constructor(private readonly options: KafkaBusOptions) {
    this.topicPrefix = options.topicPrefix ?? '';
    this.publisher = new KafkaPublisher(kafkaClient(options), this.topicPrefix);
  }

  work(service: string): KafkaWorkTransport {
    const group = `${this.topicPrefix}collection-sync.${service}`;
    return this.add(new KafkaWorkTransport({ ...this.parts(service), group }));
  }

  state(service: string): KafkaStateTransport {
    return this.add(new KafkaStateTransport(this.parts(service)));
  }

  async ping(): Promise<void> {
    await this.ask((admin) => admin.describeCluster());
  }

  async lag(service: string): Promise<Map<string, number>> {
    const found = await this.ask((admin) => consumerLag(admin, `${this.topicPrefix}collection-sync.${service}`));
    return new Map([...found].map(([topic, records]) => [topic.slice(this.topicPrefix.length), records]));
  }

  async close(): Promise<void> {
    await Promise.all([...this.transports].map((transport) => transport.close()));
    await this.publisher.close();
    await this.admin?.then((admin) => admin.disconnect()).catch(() => {});
    this.admin = undefined;
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    this.admin ??= this.connectAdmin();
    const { admin } = this;
    try {
      return await question(await admin);
    } catch (error) {
      this.admin = undefined;
      void admin.then((connected) => connected.disconnect()).catch(() => {});
      throw translateError(error, 'the brokers do not answer');
    }
  }

  /** Asks once: whoever asks wants to know, not to wait. */
  private async connectAdmin(): Promise<Admin> {
    const admin = kafkaClient(this.options, { ...CLIENT_RETRY, retries: 0 }).admin();
    await admin.connect();
    return admin;
  }

  private parts(service: string) {
    const { concurrency = 4, backoff = DEFAULT_BACKOFF, log } = this.options;
    const onClose = (transport: KafkaTransport) => void this.transports.delete(transport);
    const { publisher, topicPrefix } = this;
    // one each: a kafkajs client keeps the offsets of a group for all its consumers
    const kafka = kafkaClient(this.options);
    return { service, kafka, publisher, topicPrefix, concurrency, backoff, log, onClose };
  }

  private add<T extends KafkaTransport>(transport: T): T {
    this.transports.add(transport);
    return transport;
  }
}
