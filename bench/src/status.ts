import type { MemberOutcome } from '@collection-sync/core';
import { collectionEventAt, inBatches, mappingAt, open, targetAt, snapshotOf, type Opened } from './status/world.js';

interface Size {
  readonly mappings: number;
  readonly members: number;
}
const SMALL: Size = { mappings: 50, members: 10_000 };
const LARGE: Size = { mappings: 5_000, members: 1_000_000 };

const ROUNDS = 60;

const GOAL_ROWS = 20_000;
const GOAL_RATIO = 3;

/** Half of the rows are in one target, the others share the rest. */
const membersAt = ({ mappings, members }: Size, n: number): number =>
  n === 0 ? members / 2 : Math.floor(members / 2 / (mappings - 1));

interface Speed {
  readonly what: string;
  readonly rows: number;
  readonly perSecond: number;
  /** of this process's own processor time; the database works beside it */
  readonly perCpuSecond: number;
}

const measure = async (what: string, rows: number, work: () => Promise<void>): Promise<Speed> => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  const used = process.cpuUsage(cpu);
  return { what, rows, perSecond: rows / seconds, perCpuSecond: rows / ((used.user + used.system) / 1e6) };
};

const fill = async (opened: Opened, size: Size): Promise<Speed[]> => {
  const numbers = Array.from({ length: size.mappings }, (_, n) => n);
  await inBatches(opened.bus, numbers.map(collectionEventAt));
  await inBatches(opened.bus, numbers.map(mappingAt));
  const big = membersAt(size, 0);
  const speeds = [
    await publishSnapshot(opened, 'first snapshot', big, 'pending', 0),
    await publishSnapshot(opened, 'every member changes', big, 'applied', 1_000_000),
    await publishSnapshot(opened, 'a snapshot that changes nothing', big, 'applied', 2_000_000),
  ];
  for (const n of numbers.slice(1)) await opened.bus.publisher.publish(snapshotOf(n, membersAt(size, n), 'applied', 0));
  await opened.database.query('vacuum analyze member');
  await opened.database.query('vacuum analyze overview');
  return speeds;
};

/** Encoded beforehand: that is the writer's work. */
const publishSnapshot = (
  opened: Opened,
  what: string,
  rows: number,
  state: MemberOutcome['state'],
  after: number,
): Promise<Speed> => {
  const records = snapshotOf(0, rows, state, after);
  return measure(what, rows, () => inBatches(opened.bus, records));
};

const PAGES: readonly (readonly [string, string, boolean])[] = [
  ['collections', '/collections?limit=50', false],
  ['collections, a later page', '/collections?limit=50', true],
  ['collections by failed members', '/collections?limit=50&sort=syncFailed&order=desc', false],
  ['collections, Partial Success', '/collections?limit=50&status=Partial%20Success', false],
  ['members', `/targets/${targetAt(0)}/members?limit=50`, false],
  ['members, a later page', `/targets/${targetAt(0)}/members?limit=50`, true],
  ['members, failed', `/targets/${targetAt(0)}/members?limit=50&state=Failed`, false],
  ['members by begin of name', `/targets/${targetAt(0)}/members?limit=50&search=pc00012`, false],
  ['one target', `/targets/${targetAt(0)}`, false],
];

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const timed = async (opened: Opened, path: string): Promise<number> => {
  const start = performance.now();
  await opened.get(path);
  return performance.now() - start;
};

const later = async (opened: Opened, path: string): Promise<string> => {
  const { next } = await opened.get(path.replace('limit=50', 'limit=20'));
  if (!next) throw new Error(`${path} has no second page`);
  return `${path}&cursor=${next}`;
};

export interface StatusReport {
  readonly speeds: Speed[];
  readonly pages: {
    readonly page: string;
    readonly smallMs: number;
    readonly largeMs: number;
    readonly ratio: number;
  }[];
}

/**
 * How fast results are projected, and what pages cost when there is much instead of little. Prints whether the goals are met: ≥ 20,000
 * member rows a second of one core, pages at most three times as slow. Answers false when one is missed.
 */
export const run = async (
  say: (line: string) => void = console.log,
  large: Size = LARGE,
  small: Size = SMALL,
): Promise<boolean> => {
  const opened: Opened[] = [];
  try {
    const little = await open();
    opened.push(little);
    const much = await open();
    opened.push(much);
    await fill(little, small);
    const speeds = await fill(much, large);
    say(`projection of ${large.members / 2} members of one target        rows/s   rows/s of one core`);
    for (const { what, perSecond, perCpuSecond } of speeds) {
      say(`${what.padEnd(46)}${perSecond.toFixed(0).padStart(11)}${perCpuSecond.toFixed(0).padStart(21)}`);
    }
    const pages = await comparePages(little, much);
    say(
      `\npage (median of ${ROUNDS})                            ${small.mappings}/${small.members}   ${large.mappings}/${large.members}   ratio`,
    );
    for (const { page, smallMs, largeMs, ratio } of pages) {
      say(
        `${page.padEnd(40)}${smallMs.toFixed(2).padStart(9)} ms${largeMs.toFixed(2).padStart(13)} ms${ratio.toFixed(2).padStart(8)}`,
      );
    }
    const slowest = Math.min(...speeds.map(({ perCpuSecond }) => perCpuSecond));
    const worst = Math.max(...pages.map(({ ratio }) => ratio));
    const met = slowest >= GOAL_ROWS && worst <= GOAL_RATIO;
    say(
      `\nrows/s of one core ${slowest.toFixed(0)} (goal ≥ ${GOAL_ROWS}), worst ratio ${worst.toFixed(2)} (goal ≤ ${GOAL_RATIO}): ${met ? 'met' : 'MISSED'}`,
    );
    return met;
  } finally {
    for (const one of opened) await one.close();
  }
};

/** Both sizes take turns, so that whatever else the machine does meets both. */
const comparePages = async (little: Opened, much: Opened): Promise<StatusReport['pages']> => {
  const pages: StatusReport['pages'] = [];
  for (const [page, path, isLater] of PAGES) {
    const smallPath = isLater ? await later(little, path) : path;
    const largePath = isLater ? await later(much, path) : path;
    const times: [number[], number[]] = [[], []];
    for (let round = -5; round < ROUNDS; round += 1) {
      const [a, b] = [await timed(little, smallPath), await timed(much, largePath)];
      if (round < 0) continue;
      times[0].push(a);
      times[1].push(b);
    }
    const [smallMs, largeMs] = [median(times[0]), median(times[1])];
    pages.push({ page, smallMs, largeMs, ratio: largeMs / smallMs });
  }
  return pages;
};
