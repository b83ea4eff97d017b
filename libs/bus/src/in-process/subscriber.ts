import { AppError, TOPIC_SETTINGS, type Backoff, type Log, type TopicName } from '@collection-sync/core';
import type { InProcessTransport } from './in-process-transport.js';
import { PartitionQueue } from './partition-queue.js';

/**
 * Whoever gets each record once: the members of a work group together, or one state reader. Before its first member listens nobody knows
 * what it reads, so records of every topic wait for it.
 */
export class Subscriber {
  private topics: ReadonlySet<TopicName> | undefined;
  private readonly members: InProcessTransport[] = [];
  private readonly queues = new Map<string, PartitionQueue>();
  private failure: AppError | undefined;

  constructor(
    readonly name: string,
    private readonly parts: { backoff: Backoff; log: Log },
  ) {}

  get idle(): boolean {
    return this.members.length === 0;
  }

  /** The queue of a record, or nothing if this subscriber does not read the topic. Throws when it has failed. */
  queue(topic: TopicName, partition: number): PartitionQueue | undefined {
    if (this.topics && !this.topics.has(topic)) return undefined;
    if (this.failure) throw this.failure;
    const name = `${topic}/${partition}`;
    const queue = this.queues.get(name) ?? this.newQueue(topic, partition);
    this.queues.set(name, queue);
    return queue;
  }

  /** All queues of a topic, made if need be. */
  queuesOf(topic: TopicName): PartitionQueue[] {
    const partitions = Array.from({ length: TOPIC_SETTINGS[topic].partitions }, (_, partition) => partition);
    return partitions.map((partition) => this.queue(topic, partition)).filter((queue) => queue !== undefined);
  }

  join(member: InProcessTransport, topics: readonly TopicName[]): void {
    this.topics = new Set(topics);
    this.failure = undefined;
    for (const [name, queue] of this.queues) {
      if (this.topics.has(name.slice(0, name.lastIndexOf('/')) as TopicName)) continue;
      queue.drop();
      this.queues.delete(name);
    }
    this.members.push(member);
    this.wake();
  }

  leave(member: InProcessTransport): void {
    const index = this.members.indexOf(member);
    if (index >= 0) this.members.splice(index, 1);
    this.wake();
  }

  /** The last member has failed: whoever publishes to it is told so until another member comes. */
  fail(cause: unknown): void {
    this.reject(new AppError('BUS_UNAVAILABLE', `the consumer ${this.name} has failed`, { cause }));
  }

  reject(failure: AppError): void {
    this.failure = failure;
    for (const queue of this.queues.values()) queue.reject(failure);
  }

  /** Nobody will read here any more. */
  drop(): void {
    this.topics = new Set();
    for (const queue of this.queues.values()) queue.drop();
    this.queues.clear();
  }

  wake(): void {
    for (const queue of this.queues.values()) queue.wake();
  }

  private newQueue(topic: TopicName, partition: number): PartitionQueue {
    const member = () => this.members[partition % this.members.length];
    return new PartitionQueue({ topic, partition, member, ...this.parts });
  }
}
