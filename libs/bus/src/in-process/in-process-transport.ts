import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '@collection-sync/core';
import { Delivery } from '../delivery.js';
import { Transport } from '../transport.js';
import type { InProcessBus } from './in-process-bus.js';
import type { Item, PartitionQueue } from './partition-queue.js';
import type { Caller } from './publication.js';
import type { Subscriber } from './subscriber.js';

/** The handler that runs: what it publishes makes its queue wait. */
export interface HandlerScope {
  readonly queue: PartitionQueue;
  readonly callers: readonly Caller[];
  active: boolean;
}

export const handlerScope = new AsyncLocalStorage<HandlerScope>();

export class InProcessTransport extends Transport {
  private readonly delivery: Delivery;
  private readonly closing = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    transportId: symbol,
    service: string,
    readonly subscriber: Subscriber,
    private readonly bus: InProcessBus,
  ) {
    super(transportId);
    this.delivery = new Delivery({
      service,
      consumer: subscriber.name,
      publisher: bus.publisher,
      log: bus.log,
      handle: (topic, records, context) => this.handle(topic, records, context),
    });
  }

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  listen(callback: (error?: unknown) => void): void {
    this.bus.open(this, this.topics()).then(
      () => this.markCaughtUp(),
      (error: unknown) => this.end(error),
    );
    callback();
  }

  async close(): Promise<void> {
    this.closing.abort(new AppError('SHUTTING_DOWN', 'the consumer closes'));
    this.markClosed(this.closing.signal.reason);
    this.subscriber.leave(this);
    await Promise.allSettled(this.underWay);
    this.bus.left(this);
  }

  /** Ends this consumer for good, with the real error. */
  end(error: unknown): void {
    if (this.closed || this.failed.aborted) return;
    this.bus.log.error({ err: error, consumer: this.subscriber.name }, 'a consumer has ended for good');
    this.subscriber.leave(this);
    if (this.subscriber.idle) this.subscriber.fail(error);
    this.fail(error);
  }

  /** @internal called by a queue */
  deliver(queue: PartitionQueue, batch: readonly Item[]): Promise<void> {
    const callers = [...new Set(batch.flatMap((item) => item.publication.callers))];
    const scope: HandlerScope = { queue, callers, active: true };
    const raws = batch.map((item) => item.raw);
    const work = handlerScope
      .run(scope, () => this.delivery.deliver(raws, this.closing.signal))
      .finally(() => {
        scope.active = false;
        this.underWay.delete(work);
      });
    this.underWay.add(work);
    return work;
  }
}
