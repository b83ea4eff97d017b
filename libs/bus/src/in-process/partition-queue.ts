import { backoffMs, type Backoff, type Log, type RawRecord, type TopicName } from '@collection-sync/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_BATCH } from '../bus.js';
import { HandlerFailure } from '../delivery.js';
import type { InProcessTransport } from './in-process-transport.js';
import type { Publication } from './publication.js';

export interface Item {
  readonly raw: RawRecord;
  readonly publication: Publication;
}

export interface PartitionQueueParts {
  readonly topic: TopicName;
  readonly partition: number;
  readonly backoff: Backoff;
  readonly log: Log;
  /** the member that works on this partition now, if there is one */
  readonly member: () => InProcessTransport | undefined;
}

/** One partition of a topic on its way to one subscriber: in order, one batch at a time, each until it is handled. */
export class PartitionQueue {
  /** Records wait, for the replay that goes first. */
  held = false;
  private items: Item[] = [];
  private working = false;
  private failures = 0;
  private readonly ended = new AbortController();

  constructor(private readonly parts: PartitionQueueParts) {}

  push(item: Item): void {
    item.publication.add();
    this.items.push(item);
  }

  /** Puts records in front of those that wait. */
  replay(items: readonly Item[]): void {
    for (const item of items) item.publication.add();
    this.items = [...items, ...this.items];
  }

  /** Goes on, if there is something to do and nobody does it. */
  wake(): void {
    if (this.working) return;
    this.working = true;
    void this.work();
  }

  /** Whoever waits for the records in this queue is told that they will not be handled. */
  reject(error: unknown): void {
    for (const item of this.items.splice(0)) item.publication.fail(error);
  }

  /** Nobody will handle what is here, and nobody needs to. */
  drop(): void {
    this.ended.abort();
    for (const item of this.items.splice(0)) item.publication.finish();
  }

  private async work(): Promise<void> {
    for (;;) {
      const member = this.held || this.ended.signal.aborted ? undefined : this.parts.member();
      if (!member || this.items.length === 0) {
        this.working = false;
        return;
      }
      const batch = this.items.slice(0, MAX_BATCH);
      try {
        await member.deliver(this, batch);
        this.failures = 0;
        this.items.splice(0, batch.length);
        for (const item of batch) item.publication.finish();
      } catch (error) {
        if (error instanceof HandlerFailure) member.end(error.cause);
        else await this.pause(error);
      }
    }
  }

  private async pause(error: unknown): Promise<void> {
    this.failures += 1;
    const { topic, partition, backoff, log } = this.parts;
    const ms = Math.round(backoffMs(backoff, this.failures));
    log.warn({ err: error, topic, partition, attempt: this.failures, ms }, 'a handler failed and is called again');
    await sleep(ms, undefined, { signal: this.ended.signal }).catch(() => {});
  }
}
