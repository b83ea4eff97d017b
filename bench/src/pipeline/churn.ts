import { setTimeout as sleep } from 'node:timers/promises';
import type { DistributedSystem } from '@collection-sync/e2e';
import { eventually } from '@collection-sync/testing';
import { memoryOf, type ProcessorUse } from './machine-use.js';

/** One collection and its group, whose members come and go. */
export interface ChurnPair {
  readonly collection: string;
  readonly group: string;
  /** devices that join it and leave it in turn */
  readonly guest: string;
}

export interface ChurnMinute {
  readonly changes: number;
  /** those of earlier minutes too that are not in the group yet */
  readonly waiting: number;
  readonly oldestWaitingMs: number;
  readonly medianMs: number;
  readonly worstMs: number;
  /** MiB of each process at its end */
  readonly memory: Readonly<Record<string, number>>;
  /** percent of one core */
  readonly processor: Readonly<Record<string, number>>;
}

const CHANGES_PER_SECOND = 5;
const LOOK_EVERY_MS = 500;
const MINUTE = 60_000;

/**
 * Every second members join and leave a few collections, each in its turn, for some minutes: what each minute took. Nothing starves if none
 * waits longer than the others, and nothing grows if the last minute is as the first.
 */
export const churn = async (
  system: DistributedSystem,
  use: ProcessorUse,
  pairs: readonly ChurnPair[],
  minutes: number,
  say: (line: string) => void,
): Promise<ChurnMinute[]> => {
  const changes = new Changes(system, pairs);
  const report: ChurnMinute[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    await use.restart();
    const made = await changes.goOn(MINUTE);
    const { seconds, spent } = await use.read();
    const { times, waiting, oldestWaitingMs } = changes.take();
    const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
    const row: ChurnMinute = {
      ...{ changes: made, waiting, oldestWaitingMs, medianMs: at(0.5), worstMs: at(1) },
      memory: await memoryOf(system),
      processor: Object.fromEntries([...spent].map(([name, cpu]) => [name, Math.round((100 * cpu) / seconds)])),
    };
    report.push(row);
    say(`minute ${minute + 1}: ${JSON.stringify(row)}`);
  }
  say(described(report));
  await eventually(() => changes.settled(), { deadline: 10 * MINUTE, interval: LOOK_EVERY_MS, what: 'every change' });
  return report;
};

/** What a reader wants to know: does anything starve, and does anything grow? */
const described = (minutes: readonly ChurnMinute[]): string => {
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (!first || !last) return 'no minute of changes';
  const grown = Object.entries(last.memory).map(([name, mib]) => `${name} ${mib - (first.memory[name] ?? 0)}`);
  const most = (of: (minute: ChurnMinute) => number): number => Math.max(...minutes.map(of));
  return [
    `${minutes.reduce((sum, { changes }) => sum + changes, 0)} changes in ${minutes.length} minutes`,
    `median ${first.medianMs} ms in the first, ${last.medianMs} ms in the last, ${most(({ medianMs }) => medianMs)} ms at most`,
    `worst ${most(({ worstMs }) => worstMs)} ms, oldest that waited at the end of a minute ${most(({ oldestWaitingMs }) => oldestWaitingMs)} ms`,
    `MiB more in the last minute than in the first: ${grown.join(', ')}`,
  ].join('; ');
};

class Changes {
  /** when the member changed, and how many members the group then has, by group */
  readonly #waiting = new Map<string, { since: number; members: number }>();
  readonly #sizes = new Map<string, number>();
  #times: number[] = [];
  #next = 0;

  constructor(
    private readonly system: DistributedSystem,
    private readonly pairs: readonly ChurnPair[],
  ) {}

  /** Changes and looks for so long; how many changes were made. */
  async goOn(ms: number): Promise<number> {
    const end = performance.now() + ms;
    let made = 0;
    for (let second = performance.now(); second < end; second += 1_000) {
      if (this.#sizes.size === 0) await this.settled();
      for (let n = 0; n < CHANGES_PER_SECOND; n += 1) if (await this.#change()) made += 1;
      while (performance.now() < second + 1_000) {
        await this.settled();
        await sleep(LOOK_EVERY_MS);
      }
    }
    return made;
  }

  /** Times of what came into the groups since the last call, in order, and what did not. */
  take(): { times: number[]; waiting: number; oldestWaitingMs: number } {
    const now = performance.now();
    const times = this.#times.sort((a, b) => a - b);
    this.#times = [];
    const ages = [...this.#waiting.values()].map(({ since }) => now - since);
    return { times, waiting: ages.length, oldestWaitingMs: Math.round(Math.max(0, ...ages)) };
  }

  /** Looks at the groups; true when each has the members that it should have. */
  async settled(): Promise<boolean> {
    const groups = await this.system.simulator.send<{ id: string; memberCount: number }[]>('GET', '/groups');
    for (const { id, memberCount } of groups) {
      this.#sizes.set(id, memberCount);
      const change = this.#waiting.get(id);
      if (change?.members !== memberCount) continue;
      this.#times.push(Math.round(performance.now() - change.since));
      this.#waiting.delete(id);
    }
    return this.#waiting.size === 0;
  }

  /** The next collection in turn; false when its last change is not in the group yet. */
  async #change(): Promise<boolean> {
    const pair = this.pairs[this.#next % this.pairs.length]!;
    const leaves = Math.floor(this.#next / this.pairs.length) % 2 === 1;
    if (this.#waiting.has(pair.group)) return false;
    this.#next += 1;
    const members = (this.#sizes.get(pair.group) ?? 0) + (leaves ? -1 : 1);
    this.#waiting.set(pair.group, { since: performance.now(), members });
    await this.system.simulator.editCollection(pair.collection, { [leaves ? 'remove' : 'add']: [pair.guest] });
    return true;
  }
}
