import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';
import { STATE } from '../decorators.js';
import { CatchUp } from './catch-up.js';
import { withAdmin } from './kafka-client.js';
import { KafkaTransport, LEAVE_MS, type KafkaTransportParts } from './kafka-transport.js';

/** Reads compacted topics whole, in a group of its own that never commits and is deleted when it closes. */
export class KafkaStateTransport extends KafkaTransport {
  private readonly catchUp = new CatchUp();
  private deleted: Promise<void> | undefined;

  constructor(parts: Omit<KafkaTransportParts, 'transportId' | 'group'>) {
    const group = `${parts.topicPrefix}collection-sync.${parts.service}.state.${crypto.randomUUID()}`;
    super({ ...parts, group, transportId: STATE }, false);
  }

  override async close(): Promise<void> {
    await super.close();
    this.deleted ??= this.deleteGroup();
    const timer = new AbortController();
    await Promise.race([this.deleted, sleep(LEAVE_MS, undefined, timer).catch(() => {})]);
    timer.abort();
  }

  protected override async prepare(topics: readonly string[]): Promise<void> {
    await withAdmin(this.parts.kafka, (admin) => this.catchUp.start(admin, topics));
    this.check();
  }

  protected override watch(consumer: Consumer): void {
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      // nothing but records of transactions: no handler sees them
      if (payload.batchSize === 0) this.handled(payload.topic, payload.partition, payload.lastOffset);
    });
  }

  protected override handled(topic: string, partition: number, offset: string): void {
    this.catchUp.handled(topic, partition, offset);
    this.check();
  }

  private check(): void {
    if (this.catchUp.reached) this.markCaughtUp();
  }

  private async deleteGroup(): Promise<void> {
    const { kafka, group, log } = this.parts;
    if (this.topics().length === 0) return;
    try {
      await withAdmin(kafka, (admin) => admin.deleteGroups([group]));
    } catch (error) {
      log.debug({ err: error, group }, 'a group without offsets was left to the broker, which forgets it');
    }
  }
}
