import {
  AppError,
  backoffMs,
  slicesOf,
  type Backoff,
  type Log,
  type Publisher,
  type TopicName,
} from '@collection-sync/core';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Consumer, type EachBatchPayload, type Kafka } from 'kafkajs';
import { MAX_BATCH } from '../bus.js';
import { Deferred } from '../deferred.js';
import { Delivery, HandlerFailure, isTransient } from '../delivery.js';
import { Transport } from '../transport.js';
import { REBALANCE_MS } from './answering-socket.js';
import { CLIENT_RETRY } from './kafka-client.js';
import { Lifeline } from './lifeline.js';
import { PartitionPauses } from './partition-pauses.js';
import { rawRecord } from './raw-records.js';
import { translateError } from './translate-error.js';
import { Watchdog } from './watchdog.js';

const HEARTBEAT_MS = 1_000;
/** A consumer that neither fetches nor handles anything for so long has been forgotten by its client. */
const SILENCE_MS = 120_000;
/** Leaving the group is a courtesy: without it the others wait for the session time-out. */
export const LEAVE_MS = 5_000;

export interface KafkaTransportParts {
  readonly transportId: symbol;
  readonly kafka: Kafka;
  readonly publisher: Publisher;
  readonly service: string;
  readonly group: string;
  readonly topicPrefix: string;
  /** partitions handled at the same time */
  readonly concurrency: number;
  readonly backoff: Backoff;
  readonly log: Log;
  readonly onClose: (transport: KafkaTransport) => void;
}

/** A consumer of one group that survives its brokers but not its handlers' defects. */
export abstract class KafkaTransport extends Transport {
  protected readonly closing = new AbortController();
  private readonly delivery: Delivery;
  private readonly pauses: PartitionPauses;
  private readonly underWay = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();
  private generation = 0;
  private attempt = 0;

  protected constructor(
    protected readonly parts: KafkaTransportParts,
    private readonly commits: boolean,
  ) {
    super(parts.transportId);
    const { service, group, publisher, log } = parts;
    this.pauses = new PartitionPauses(parts.backoff);
    this.delivery = new Delivery({
      service,
      consumer: group,
      publisher,
      log,
      handle: (topic, records, context) => this.handle(topic, records, context),
    });
  }

  /** Starts to consume and returns; as long as no broker answers it waits, and says so in the log. */
  listen(callback: (error?: unknown) => void): void {
    if (this.topics().length > 0) this.running = this.run();
    else this.markCaughtUp();
    callback();
  }

  async close(): Promise<void> {
    if (!this.closing.signal.aborted) {
      this.closing.abort(new AppError('SHUTTING_DOWN', 'the consumer closes'));
      this.markClosed(this.closing.signal.reason);
      this.pauses.clear();
    }
    await this.running;
    this.parts.onClose(this);
  }

  /** Done before the consumer runs, in each of its lives. */
  protected async prepare(_topics: readonly string[]): Promise<void> {}

  protected watch(_consumer: Consumer): void {}

  /** Everything up to and with this offset has been handled. */
  protected handled(_topic: string, _partition: number, _offset: string): void {}

  private async run(): Promise<void> {
    const { group, backoff, log } = this.parts;
    while (!this.closing.signal.aborted && !this.failed.aborted) {
      try {
        await this.session();
      } catch (error) {
        if (this.closing.signal.aborted || this.failed.aborted) return;
        this._status$.next('disconnected');
        this.attempt += 1;
        const ms = Math.round(backoffMs(backoff, this.attempt));
        const err = translateError(error, `the consumer ${group} has no connection`);
        log.warn({ err, group, attempt: this.attempt, ms }, 'a consumer waits for the brokers');
        await sleep(ms, undefined, { signal: this.closing.signal }).catch(() => {});
      }
    }
  }

  /** One life of a client consumer; ends by rejecting with what ended it. */
  private async session(): Promise<never> {
    const { kafka, group, topicPrefix } = this.parts;
    const consumer = kafka.consumer({
      groupId: group,
      sessionTimeout: 6_000,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_MS,
      // a paused partition is looked at again after this long, and heartbeats go out between two fetches
      maxWaitTimeInMs: 500,
      allowAutoTopicCreation: false,
      retry: { ...CLIENT_RETRY, restartOnFailure: async () => false },
    });
    const ended = new Deferred<never>();
    const close = () => ended.reject(this.closing.signal.reason);
    this.closing.signal.addEventListener('abort', close, { once: true });
    consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => this.joined());
    const silence = new Watchdog(
      SILENCE_MS,
      () => this.underWay.size > 0,
      () => ended.reject(new Error('the client is silent')),
    );
    consumer.on(consumer.events.FETCH, () => silence.seen());
    this.watch(consumer);
    const topics = this.topics().map((topic) => topicPrefix + topic);
    const started = this.start(consumer, topics);
    try {
      await Promise.race([started, ended.promise]);
      return await ended.promise;
    } finally {
      this.closing.signal.removeEventListener('abort', close);
      silence.end();
      this.pauses.clear();
      await this.end(consumer, started);
    }
  }

  private async start(consumer: Consumer, topics: string[]): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await this.prepare(topics);
    if (this.closing.signal.aborted) return;
    await consumer.run({
      autoCommit: this.commits,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.parts.concurrency,
      eachBatch: (payload) => this.eachBatch(payload),
    });
  }

  /** A start that is still trying to reach a broker is not waited for, but what it opens is closed. */
  private async end(consumer: Consumer, started: Promise<void>): Promise<void> {
    const disconnect = () => consumer.disconnect().catch(() => {});
    const left = disconnect();
    await Promise.allSettled(this.underWay);
    const timer = new AbortController();
    await Promise.race([left, sleep(LEAVE_MS, undefined, timer).catch(() => {})]);
    timer.abort();
    void started.then(disconnect, disconnect);
  }

  private async tracked(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    try {
      await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private joined(): void {
    this.generation += 1;
    this.attempt = 0;
    this._status$.next('connected');
    this.parts.log.info({ group: this.parts.group }, 'a consumer has joined its group');
  }

  private async eachBatch({
    batch,
    heartbeat,
    isRunning,
    isStale,
    resolveOffset,
    pause,
  }: EachBatchPayload): Promise<void> {
    const { generation } = this;
    const topic = batch.topic.slice(this.parts.topicPrefix.length) as TopicName;
    const name = `${topic}/${batch.partition}`;
    const current = () =>
      isRunning() &&
      !isStale() &&
      this.generation === generation &&
      !this.closing.signal.aborted &&
      !this.failed.aborted;
    for (const chunk of slicesOf(batch.messages, MAX_BATCH)) {
      if (!current()) return;
      const lifeline = new Lifeline(heartbeat, HEARTBEAT_MS, this.closing.signal);
      try {
        const raws = chunk.map((message) => rawRecord(topic, batch.partition, message));
        await this.tracked(this.delivery.deliver(raws, lifeline.signal));
      } catch (error) {
        lifeline.end();
        // what a handler throws when it is told to stop says nothing
        if (!current()) return;
        if (!isTransient(error)) throw this.endForGood(error);
        this.pause(name, pause, error);
        return;
      }
      const last = chunk.at(-1) === batch.messages.at(-1) ? batch.lastOffset() : chunk.at(-1)!.offset;
      // in a later generation the offset is another member's affair
      if (this.generation === generation) {
        resolveOffset(chunk.at(-1)!.offset);
        this.handled(batch.topic, batch.partition, last);
      }
      this.pauses.healed(name);
      lifeline.end();
      await heartbeat();
    }
  }

  private pause(name: string, pause: () => () => void, error: AppError): void {
    const { attempt, ms } = this.pauses.pause(name, pause, error.retryAfterMs);
    this.parts.log.warn({ err: error, partition: name, attempt, ms }, 'a handler failed and is called again');
  }

  private endForGood(error: unknown): Error {
    const cause: unknown = error instanceof HandlerFailure ? error.cause : error;
    this.parts.log.error({ err: cause, consumer: this.parts.group }, 'a consumer has ended for good');
    this.fail(cause);
    // the one kind of error that the client does not try again
    return new kafkajs.KafkaJSNonRetriableError('a consumer has ended for good');
  }
}
