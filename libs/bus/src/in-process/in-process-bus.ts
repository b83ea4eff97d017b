import {
  AppError,
  backoffMs,
  recordBytes,
  TOPIC_SETTINGS,
  type Backoff,
  type Log,
  type OutgoingRecord,
  type Publisher,
  type RawRecord,
  type TopicName,
} from '@collection-sync/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, DEFAULT_BACKOFF } from '../bus.js';
import { STATE, WORK } from '../decorators.js';
import type { CompactedStore } from './compacted-store.js';
import { handlerScope, type HandlerScope, InProcessTransport } from './in-process-transport.js';
import type { Item, PartitionQueue } from './partition-queue.js';
import { Publication, Caller, WaitGraph } from './publication.js';
import { Subscriber } from './subscriber.js';

export interface InProcessBusOptions {
  readonly store: CompactedStore;
  readonly log: Log;
  /**
   * Services whose work consumer will come: what is published before it listens waits for it. A service that has once called `work` is
   * waited for anyway.
   */
  readonly services?: readonly string[];
  readonly backoff?: Backoff;
}

/** The bus of one process: publishing resolves when every subscriber has stored its work, so nothing is kept but compacted topics. */
export class InProcessBus implements Bus {
  readonly publisher: Publisher;
  readonly log: Log;
  private readonly store: CompactedStore;
  private readonly backoff: Backoff;
  private readonly groups = new Map<string, Subscriber>();
  private readonly readers = new Set<Subscriber>();
  private readonly transports = new Set<InProcessTransport>();
  private readonly waits = new WaitGraph();
  private readonly offsets = new Map<string, number>();
  private readonly saving = new Map<string, Promise<void>>();
  private readonly closing = new AbortController();

  constructor({ store, log, services = [], backoff = DEFAULT_BACKOFF }: InProcessBusOptions) {
    this.store = store;
    this.log = log;
    this.backoff = backoff;
    this.publisher = { publish: (records) => this.publish(records) };
    for (const service of services) this.group(service);
  }

  work(service: string): InProcessTransport {
    return this.add(new InProcessTransport(WORK, service, this.group(service), this));
  }

  state(service: string): InProcessTransport {
    const reader = this.subscriber(`collection-sync.${service}.state`);
    return this.add(new InProcessTransport(STATE, service, reader, this));
  }

  async ping(): Promise<void> {
    if (this.closing.signal.aborted) throw closed();
  }

  async close(): Promise<void> {
    this.closing.abort();
    const subscribers = [...this.groups.values(), ...this.readers];
    for (const subscriber of subscribers) subscriber.reject(closed());
    await Promise.all([...this.transports].map((transport) => transport.close()));
  }

  /** @internal A transport listens: it gets what compacted topics hold, then what comes. Resolves when the former is handled. */
  async open(transport: InProcessTransport, topics: readonly TopicName[]): Promise<void> {
    const { subscriber } = transport;
    const first = subscriber.idle;
    if (transport.transportId === STATE) this.readers.add(subscriber);
    subscriber.join(transport, topics);
    if (!first) return;
    const compacted = topics.filter((topic) => TOPIC_SETTINGS[topic].compacted);
    for (const queue of compacted.flatMap((topic) => subscriber.queuesOf(topic))) queue.held = true;
    await Promise.all(compacted.map((topic) => this.replay(transport, topic)));
  }

  /** @internal A transport has closed. */
  left(transport: InProcessTransport): void {
    this.transports.delete(transport);
    if (this.readers.delete(transport.subscriber)) transport.subscriber.drop();
  }

  private async publish(records: readonly OutgoingRecord[]): Promise<void> {
    for (const record of records) refuseTooLarge(record);
    const current = handlerScope.getStore();
    const scope = current?.active ? current : undefined;
    const caller = new Caller();
    const callers = scope ? scope.callers : [caller];
    const partitions = Map.groupBy(records, (record) => `${record.topic}/${partitionOf(record)}`);
    const answers = [...partitions.values()].map((part) => this.append(part, callers, scope));
    await Promise.all((await Promise.all(answers)).flat());
    if (!scope) await caller.settled();
  }

  /** Keeps the records of one partition, if compacted, and hands them to every subscriber; tells what the publisher waits for. */
  private async append(
    records: readonly OutgoingRecord[],
    callers: readonly Caller[],
    scope: HandlerScope | undefined,
  ): Promise<Promise<void>[]> {
    const [{ topic }] = records as [OutgoingRecord];
    if (!TOPIC_SETTINGS[topic].compacted) return this.distribute(records, callers, scope);
    const name = `${topic}/${partitionOf(records[0]!)}`;
    const turn = (this.saving.get(name) ?? Promise.resolve()).then(async () => {
      const waits: Promise<void>[] = [];
      for (const record of records) {
        await this.save(record);
        waits.push(...this.distribute([record], callers, scope));
      }
      return waits;
    });
    this.saving.set(
      name,
      turn.then(
        () => {},
        () => {},
      ),
    );
    return turn;
  }

  private async save(record: OutgoingRecord): Promise<void> {
    try {
      await this.store.save(record);
    } catch (error) {
      throw new AppError('BUS_UNAVAILABLE', `the last record of ${record.topic} could not be kept`, { cause: error });
    }
  }

  /** Nothing here waits, so that records enter the queues in the order of the calls. */
  private distribute(
    records: readonly OutgoingRecord[],
    callers: readonly Caller[],
    scope: HandlerScope | undefined,
  ): Promise<void>[] {
    if (this.closing.signal.aborted) throw closed();
    const raws = records.map((record) => this.rawOf(record));
    const { topic, partition } = raws[0]!;
    const queues = [...this.groups.values(), ...this.readers]
      .map((subscriber) => subscriber.queue(topic, partition))
      .filter((queue) => queue !== undefined);
    return queues.map((queue) => this.enter(queue, raws, callers, scope)).filter((wait) => wait !== undefined);
  }

  /** A handler that would wait for itself, over whatever others, does not wait: the publisher that started it all does. */
  private enter(
    queue: PartitionQueue,
    raws: readonly RawRecord[],
    callers: readonly Caller[],
    scope: HandlerScope | undefined,
  ): Promise<void> | undefined {
    const publication = new Publication(callers);
    for (const raw of raws) queue.push({ raw, publication });
    publication.seal();
    if (!scope) {
      queue.wake();
      return publication.done;
    }
    if (this.waits.wouldCloseCircle(scope.queue, queue)) {
      for (const caller of callers) caller.waitFor(publication.done);
      queue.wake();
      return undefined;
    }
    this.waits.wait(scope.queue, queue);
    queue.wake();
    const wait = publication.done.finally(() => this.waits.release(scope.queue, queue));
    wait.catch(() => {});
    return wait;
  }

  private async replay(transport: InProcessTransport, topic: TopicName): Promise<void> {
    const records = await this.load(transport, topic);
    const publication = new Publication([]);
    const { subscriber } = transport;
    const byPartition = Map.groupBy(records, partitionOf);
    for (const [partition, queue] of subscriber.queuesOf(topic).entries()) {
      const items = (byPartition.get(partition) ?? []).map((record): Item => ({
        raw: this.rawOf(record),
        publication,
      }));
      queue.replay(items);
      queue.held = false;
      queue.wake();
    }
    publication.seal();
    await publication.done;
  }

  private async load(transport: InProcessTransport, topic: TopicName): Promise<OutgoingRecord[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.store.load(topic);
      } catch (error) {
        if (transport.closed || this.closing.signal.aborted) throw error;
        this.log.warn({ err: error, topic }, 'the kept records of a topic could not be loaded; they are loaded again');
        await sleep(backoffMs(this.backoff, attempt));
      }
    }
  }

  private rawOf(record: OutgoingRecord): RawRecord {
    const { topic, key, headers, value } = record;
    const partition = partitionOf(record);
    const name = `${topic}/${partition}`;
    const offset = this.offsets.get(name) ?? 0;
    this.offsets.set(name, offset + 1);
    return {
      topic,
      key,
      headers,
      partition,
      offset: String(offset),
      value: value === null ? null : Buffer.from(value),
    };
  }

  private group(service: string): Subscriber {
    const group = this.groups.get(service) ?? this.subscriber(`collection-sync.${service}`);
    this.groups.set(service, group);
    return group;
  }

  private subscriber(name: string): Subscriber {
    return new Subscriber(name, { backoff: this.backoff, log: this.log });
  }

  private add(transport: InProcessTransport): InProcessTransport {
    this.transports.add(transport);
    return transport;
  }
}

const closed = () => new AppError('BUS_UNAVAILABLE', 'the bus is closed');

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
const partitionOf = ({ topic, key }: Pick<OutgoingRecord, 'topic' | 'key'>): number => {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % TOPIC_SETTINGS[topic].partitions;
};

/** The limit that a broker has by default for a batch, which is what one record is sent as: https://kafka.apache.org/documentation/#topicconfigs_max.message.bytes */
const MAX_MESSAGE_BYTES = 1_048_588;
const BATCH_OVERHEAD = 80;

const refuseTooLarge = (record: OutgoingRecord): void => {
  const limit = TOPIC_SETTINGS[record.topic].maxMessageBytes ?? MAX_MESSAGE_BYTES;
  const size = recordBytes(record);
  if (size + BATCH_OVERHEAD <= limit) return;
  throw new AppError('BUS_RECORD_REFUSED', `a record of ${record.topic} has ${size} bytes, ${limit} are allowed`);
};
