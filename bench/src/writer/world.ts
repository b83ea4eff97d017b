import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Simulator } from '@collection-sync/e2e';
import type { WorldInput } from '@collection-sync/simulator';

/** The work: every group gets the same adds and loses the same unmanaged members. */
export const WORK = { groups: 40, adds: 2_500, dead: 25, removes: 125, kept: 10 } as const;
/** https://learn.microsoft.com/graph/throttling-limits */
const QUOTA = { writes: 3_000, windowMs: 150_000 } as const;
export const TENANT = '7e57ab1e-0000-4000-8000-000000000001';

const numbered = (prefix: string, n: number): string => `${prefix}-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** Ids are spread, so that dead ones do not stand together. */
const spread = (n: number): string => numbered(((n * 2_654_435_761) >>> 0).toString(16).padStart(8, '0'), n);

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
export const groupId = (n: number): string => numbered('96009000', n);
export const ADDS = range(1, WORK.adds).map(spread);
const DEAD = new Set(range(1, WORK.dead).map((n) => spread(n * Math.floor(WORK.adds / WORK.dead))));
export const REMOVES = range(WORK.adds + 1, WORK.removes).map(spread);
export const KEPT = range(WORK.adds + WORK.removes + 1, WORK.kept).map(spread);

/** The fewest write units that do the work: 20 adds per PATCH, one DELETE per removal; dead ids need none. */
export const minimumWrites = (groups: number): number =>
  groups * (Math.ceil((WORK.adds - WORK.dead) / 20) + WORK.removes);

/** The soonest that full token buckets of so many applications let that many writes through, in simulated seconds. */
export const boundSeconds = (writes: number, share: number, applications = 1): number => {
  const quota = QUOTA.writes * share * applications;
  return Math.max(0, (writes - quota) / (quota / (QUOTA.windowMs / 1_000)));
};

export interface World {
  readonly simulator: Simulator;
  close(): Promise<void>;
}

/** A simulator in a process of its own, with documented buckets (times `share`) in time that runs `timeScale` times as fast. */
export const startWorld = async (groups: number, share: number, timeScale: number): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'writer-bench-'));
  const file = join(folder, 'world.json');
  const alive = [...ADDS.filter((id) => !DEAD.has(id)), ...REMOVES, ...KEPT];
  const world: WorldInput = {
    name: 'bench',
    tenantId: TENANT,
    devices: alive.map((objectId, at) => ({ name: `B${at}`, objectId, joined: 'entra' as const })),
    groups: range(1, groups).map((n) => ({ id: groupId(n), displayName: `Bench${n}`, members: [...REMOVES, ...KEPT] })),
  };
  await writeFile(file, JSON.stringify(world));
  const simulator = await Simulator.start(file, '--time-scale', String(timeScale));
  await simulator.switches({
    graph: { writeQuota: QUOTA.writes * share, outerQuotas: share === 1, retryAfter: 'decimal' },
  });
  return {
    simulator,
    close: async () => {
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
};

export interface Result {
  readonly name: string;
  /** write requests that reached Graph, refused ones too */
  readonly writes: number;
  readonly minimum: number;
  readonly seconds: number;
  readonly bound: number;
  readonly throttled: number;
  /** members that are not as they should be at the end */
  readonly wrong: number;
  /** members whose outcome nobody told; undefined where nobody tells any */
  readonly unreported?: number;
}

/** Counts what reached Graph, and looks at every group. */
export const measure = async (
  world: World,
  name: string,
  groups: number,
  share: number,
  seconds: number,
  applications = 1,
): Promise<Result> => {
  const totals = Object.entries(await world.simulator.totals()).filter(
    ([what]) => what.startsWith('graph ') && /(PATCH|POST|DELETE) \/(v1\.0\/)?groups\//.test(what),
  );
  const sum = (some: [string, number][]): number => some.reduce((all, [, count]) => all + count, 0);
  const writes = sum(totals);
  let wrong = 0;
  const wanted = new Set([...ADDS.filter((id) => !DEAD.has(id)), ...KEPT]);
  for (const n of range(1, groups)) {
    const { members } = await world.simulator.group(groupId(n));
    const present = members.filter(({ id }) => wanted.has(id)).length;
    wrong += wanted.size - present + (members.length - present);
  }
  const minimum = minimumWrites(groups);
  return {
    name,
    writes,
    minimum,
    seconds,
    bound: boundSeconds(minimum, share, applications),
    throttled: sum(totals.filter(([what]) => what.endsWith(' 429'))) / writes,
    wrong,
  };
};
