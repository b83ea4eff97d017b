import { Deferred } from '../deferred.js';
import type { PartitionQueue } from './partition-queue.js';

/** A set of records under way to subscribers: done when each of them has been handled by each subscriber. */
export class Publication {
  private open = 0;
  private sealed = false;
  private readonly settled = new Deferred();

  /** @param callers the publications from outside any handler that led to this one */
  constructor(readonly callers: readonly Caller[]) {}

  get done(): Promise<void> {
    return this.settled.promise;
  }

  add(): void {
    this.open += 1;
  }

  finish(): void {
    this.open -= 1;
    this.check();
  }

  fail(error: unknown): void {
    this.settled.reject(error);
  }

  /** Nothing more will be added. */
  seal(): void {
    this.sealed = true;
    this.check();
  }

  private check(): void {
    if (this.sealed && this.open === 0) this.settled.resolve();
  }
}

/** What a publisher outside any handler also waits for: publications that a handler could not await without waiting for itself. */
export class Caller {
  private readonly pending: Promise<void>[] = [];

  waitFor(acknowledgement: Promise<void>): void {
    this.pending.push(acknowledgement);
  }

  async settled(): Promise<void> {
    for (let acknowledgement = this.pending.shift(); acknowledgement; acknowledgement = this.pending.shift())
      await acknowledgement;
  }
}

/** Who waits for whom: a handler that publishes makes its queue wait for the queues of its records. */
export class WaitGraph {
  private readonly edges = new Map<PartitionQueue, Map<PartitionQueue, number>>();

  /** Whether `to` is `from`, or waits, over any number of others, for it. */
  wouldCloseCircle(from: PartitionQueue, to: PartitionQueue): boolean {
    const seen = new Set<PartitionQueue>();
    const open = [to];
    for (let queue = open.pop(); queue; queue = open.pop()) {
      if (queue === from) return true;
      if (seen.has(queue)) continue;
      seen.add(queue);
      open.push(...(this.edges.get(queue)?.keys() ?? []));
    }
    return false;
  }

  wait(from: PartitionQueue, to: PartitionQueue): void {
    const edges = this.edges.get(from) ?? new Map<PartitionQueue, number>();
    this.edges.set(from, edges.set(to, (edges.get(to) ?? 0) + 1));
  }

  release(from: PartitionQueue, to: PartitionQueue): void {
    const edges = this.edges.get(from);
    const left = (edges?.get(to) ?? 0) - 1;
    if (left > 0) edges?.set(to, left);
    else edges?.delete(to);
    if (edges?.size === 0) this.edges.delete(from);
  }
}
