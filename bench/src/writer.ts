import { mkdir, writeFile } from 'node:fs/promises';
import { chart } from './writer/chart.js';
import { ours } from './writer/ours.js';
import { peer, PEERS } from './writer/peers.js';
import { startWorld, WORK, type Result, type World } from './writer/world.js';

/** Three applications may do three times the work in the same time; half as fast, for the machine does it all. */
const SEVERAL = { applications: 3, groups: 3 * WORK.groups, slower: 2 };
/**
 * A peer does a tenth of the work against a tenth of the quota: the same multiples, but an hour of requests fits into a minute. The writer
 * does the whole.
 */
const PEER_GROUPS = WORK.groups / 10;
const PEER_SHARE = 0.1;
const CHART = new URL('../../docs/images/writer-bench.svg', import.meta.url);

export interface WriterBenchOptions {
  /** how many times faster than the clock quotas run for the writer, and for the peers */
  readonly timeScale?: number;
  readonly peerTimeScale?: number;
  /** how many applications the tenant has: 1, 3, or both one after the other */
  readonly applications?: readonly number[];
  /** without the peers there is no chart */
  readonly peers?: boolean;
  readonly print?: (line: string) => void;
}

/** The writer against Graph's quota, and the ways of its peers beside it. Throws when a goal is missed. */
export const run = async (options: WriterBenchOptions = {}): Promise<Result[]> => {
  const {
    timeScale = 2,
    peerTimeScale = 50,
    applications = [1, SEVERAL.applications],
    peers = true,
    print = console.log,
  } = options;
  const results: Result[] = [];
  print(
    `${WORK.groups * WORK.adds} adds (1 % dead ids) and ${WORK.groups * WORK.removes} removals in ${WORK.groups} groups`,
  );
  print('way                                       units/min  time/bound     429s     wrong  unreported');
  const add = (result: Result): void => {
    results.push(result);
    print(lineOf(result));
  };
  if (applications.includes(1)) {
    add(await inWorld(WORK.groups, 1, timeScale, (world) => ours(world, WORK.groups, 1, timeScale)));
  }
  if (applications.includes(SEVERAL.applications)) {
    const scale = timeScale / SEVERAL.slower;
    add(await inWorld(SEVERAL.groups, 1, scale, (world) => ours(world, SEVERAL.groups, SEVERAL.applications, scale)));
  }
  const own = [...results];
  const groups = PEER_GROUPS;
  const theirs = (peers ? PEERS : []).map((one) =>
    inWorld(groups, PEER_SHARE, peerTimeScale, (world) => peer(world, one, groups, PEER_SHARE, peerTimeScale)),
  );
  const others = await Promise.all(theirs);
  for (const result of others) add(result);
  if (peers) {
    await mkdir(new URL('.', CHART), { recursive: true });
    await writeFile(CHART, chart([...own.slice(0, 1), ...others]));
  }
  const missed = own.flatMap(goalsMissed);
  if (missed.length > 0) throw new Error(`the writer missed: ${missed.join('; ')}`);
  print('goals met: units <= 1.05, time <= 1.03, 429s < 0.1 %, every member reported and right');
  return results;
};

const inWorld = async (
  groups: number,
  share: number,
  timeScale: number,
  work: (world: World) => Promise<Result>,
): Promise<Result> => {
  const world = await startWorld(groups, share, timeScale);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
};

const lineOf = ({ name, writes, minimum, seconds, bound, throttled, wrong, unreported }: Result): string =>
  [
    name.padEnd(40),
    (writes / minimum).toFixed(3).padStart(10),
    (seconds / bound).toFixed(3).padStart(11),
    `${(throttled * 100).toFixed(2)} %`.padStart(8),
    String(wrong).padStart(9),
    (unreported === undefined ? '-' : String(unreported)).padStart(7),
  ].join(' ');

const goalsMissed = ({ writes, minimum, seconds, bound, throttled, wrong, unreported }: Result): string[] => [
  ...(writes / minimum > 1.05 ? [`${(writes / minimum).toFixed(3)} times the least write units`] : []),
  ...(seconds / bound > 1.03 ? [`${(seconds / bound).toFixed(3)} times the least time`] : []),
  ...(throttled >= 0.001 ? [`${(throttled * 100).toFixed(2)} % of the writes throttled`] : []),
  ...(wrong > 0 ? [`${wrong} members not as wanted`] : []),
  ...((unreported ?? 0) !== 0 ? [`${unreported} outcomes not reported`] : []),
];
