import { Deferred } from '../deferred.js';
import type { Lane } from './lane.js';

/** A set of records under way to subscribers: done when each of them has been handled by each subscriber. */
export class Publication {
  private open = 0;
  private sealed = false;
  private readonly settled = new Deferred();

  /** @param roots the publications from outside any handler that led to this one */
  constructor(readonly roots: readonly Root[]) {}

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
export class Root {
  private readonly debts: Promise<void>[] = [];

  owe(debt: Promise<void>): void {
    this.debts.push(debt);
  }

  async paid(): Promise<void> {
    for (let debt = this.debts.shift(); debt; debt = this.debts.shift()) await debt;
  }
}

/** Who waits for whom: a handler that publishes makes its lane wait for the lanes of its records. */
export class WaitGraph {
  private readonly edges = new Map<Lane, Map<Lane, number>>();

  /** Whether `to` is `from`, or waits, over any number of others, for it. */
  wouldCloseCircle(from: Lane, to: Lane): boolean {
    const seen = new Set<Lane>();
    const open = [to];
    for (let lane = open.pop(); lane; lane = open.pop()) {
      if (lane === from) return true;
      if (seen.has(lane)) continue;
      seen.add(lane);
      open.push(...(this.edges.get(lane)?.keys() ?? []));
    }
    return false;
  }

  wait(from: Lane, to: Lane): void {
    const edges = this.edges.get(from) ?? new Map<Lane, number>();
    this.edges.set(from, edges.set(to, (edges.get(to) ?? 0) + 1));
  }

  release(from: Lane, to: Lane): void {
    const edges = this.edges.get(from);
    const left = (edges?.get(to) ?? 0) - 1;
    if (left > 0) edges?.set(to, left);
    else edges?.delete(to);
    if (edges?.size === 0) this.edges.delete(from);
  }
}
