import { backoffMs, type Backoff } from '@collection-sync/core';

/** Partitions that wait, each for itself and longer with each failure, because their handler failed in a way that may heal. */
export class PartitionPauses {
  private readonly failures = new Map<string, number>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly backoff: Backoff) {}

  /** @returns how many failures in a row there were, and how long the partition waits */
  pause(partition: string, pause: () => () => void, atLeastMs = 0): { attempt: number; ms: number } {
    const attempt = (this.failures.get(partition) ?? 0) + 1;
    this.failures.set(partition, attempt);
    const ms = Math.round(Math.max(atLeastMs, backoffMs(this.backoff, attempt)));
    const resume = pause();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      resume();
    }, ms);
    this.timers.add(timer);
    return { attempt, ms };
  }

  healed(partition: string): void {
    this.failures.delete(partition);
  }

  clear(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
