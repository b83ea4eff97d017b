import type { RunKind } from '@collection-sync/core';

/**
 * How many runs of one kind are under way for each tenant in one process. One tenant may take `runs` of the slots; each further one has a
 * slot that no other takes, so that a tenant that does not answer, or waits for its quota, holds up no other. Each kind has slots of its
 * own, so that hours of full runs hold up no change.
 */
export class RunSlots {
  readonly count: number;
  readonly #busy = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();
  /** how often a slot was asked for, and up to which of these there was nothing to claim */
  #asked = 0;
  #nothingUpTo = 0;

  constructor(
    readonly kind: RunKind,
    private readonly tenants: readonly string[],
    runs: number,
  ) {
    this.count = runs === 0 ? 0 : runs + Math.max(0, tenants.length - 1);
  }

  /**
   * Claims one after the other: `claim` is told which tenants have to wait, and what it answers occupies a slot until `leave`. One that found
   * nothing speaks for all who had asked when it began, so that a wake of all slots costs one look.
   */
  take<C extends { target: { tenant: string } }>(
    claim: (waiting: readonly string[]) => Promise<C | undefined>,
  ): Promise<C | undefined> {
    const turn = (this.#asked += 1);
    const taken = this.#turn.then(async () => {
      if (turn <= this.#nothingUpTo) return undefined;
      const asked = this.#asked;
      const claimed = await claim(this.waiting());
      if (claimed) this.#add(claimed.target.tenant, 1);
      else this.#nothingUpTo = asked;
      return claimed;
    });
    this.#turn = taken.catch(() => undefined);
    return taken;
  }

  leave(tenant: string): void {
    this.#add(tenant, -1);
  }

  /** Tenants with a run under way, while no more slots are free than there are tenants without one. */
  waiting(): string[] {
    const used = [...this.#busy.values()].reduce((sum, runs) => sum + runs, 0);
    const idle = this.tenants.filter((tenant) => !this.#busy.has(tenant)).length;
    return this.count - used > idle ? [] : [...this.#busy.keys()];
  }

  #add(tenant: string, change: number): void {
    const runs = (this.#busy.get(tenant) ?? 0) + change;
    if (runs > 0) this.#busy.set(tenant, runs);
    else this.#busy.delete(tenant);
  }
}
