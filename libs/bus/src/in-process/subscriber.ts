import { AppError, TOPIC_SETTINGS, type Backoff, type Log, type TopicName } from '@collection-sync/core';
import type { InProcessTransport } from './in-process-transport.js';
import { Lane } from './lane.js';

/**
 * Whoever gets each record once: the members of a work group together, or one state reader. Before its first member listens nobody knows
 * what it reads, so records of every topic wait for it.
 */
export class Subscriber {
  private topics: ReadonlySet<TopicName> | undefined;
  private readonly members: InProcessTransport[] = [];
  private readonly lanes = new Map<string, Lane>();
  private failure: AppError | undefined;

  constructor(
    readonly name: string,
    private readonly parts: { backoff: Backoff; log: Log },
  ) {}

  get idle(): boolean {
    return this.members.length === 0;
  }

  /** The lane of a record, or nothing if this subscriber does not read the topic. Throws when it has failed. */
  lane(topic: TopicName, partition: number): Lane | undefined {
    if (this.topics && !this.topics.has(topic)) return undefined;
    if (this.failure) throw this.failure;
    const name = `${topic}/${partition}`;
    const lane = this.lanes.get(name) ?? this.newLane(topic, partition);
    this.lanes.set(name, lane);
    return lane;
  }

  /** All lanes of a topic, made if need be. */
  lanesOf(topic: TopicName): Lane[] {
    const partitions = Array.from({ length: TOPIC_SETTINGS[topic].partitions }, (_, partition) => partition);
    return partitions.map((partition) => this.lane(topic, partition)).filter((lane) => lane !== undefined);
  }

  join(member: InProcessTransport, topics: readonly TopicName[]): void {
    this.topics = new Set(topics);
    this.failure = undefined;
    for (const [name, lane] of this.lanes) {
      if (this.topics.has(name.slice(0, name.lastIndexOf('/')) as TopicName)) continue;
      lane.drop();
      this.lanes.delete(name);
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
    for (const lane of this.lanes.values()) lane.reject(failure);
  }

  /** Nobody will read here any more. */
  drop(): void {
    this.topics = new Set();
    for (const lane of this.lanes.values()) lane.drop();
    this.lanes.clear();
  }

  wake(): void {
    for (const lane of this.lanes.values()) lane.wake();
  }

  private newLane(topic: TopicName, partition: number): Lane {
    const member = () => this.members[partition % this.members.length];
    return new Lane({ topic, partition, member, ...this.parts });
  }
}
