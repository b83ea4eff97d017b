import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSystem, type DistributedSystem } from '@collection-sync/e2e';
import type { WorldInput } from '@collection-sync/simulator';
import { eventually } from '@collection-sync/testing';
import { churn, type ChurnMinute, type ChurnPair } from './pipeline/churn.js';
import { describeUse, ProcessorUse, type Use } from './pipeline/machine-use.js';

interface Options {
  readonly members?: string | undefined;
  readonly tick?: string | undefined;
  /** of ten members, one after the other, after the first content */
  readonly changes?: string | undefined;
  /** minutes in which members come and go, instead of a first content and changes one after the other */
  readonly churn?: string | undefined;
  /** of `members` members each, with `churn` */
  readonly collections?: string | undefined;
  /** as many as the collections need without it */
  readonly devices?: string | undefined;
  /** a folder for a processor profile of each service */
  readonly profile?: string | undefined;
}
const CHANGE_MEMBERS = 10;
const LONG = { deadline: 1_800_000, interval: 50 };
/** Its multiples spread evenly over a tick, whatever their number. */
const GOLDEN = 0.618;
const SAY_EVERY_MS = 30_000;
/** The guard is not what is measured. */
const NO_LIMITS = { guard: { maxRemovals: 1_000_000, maxShare: 1, neverEmptyFrom: 1_000_000 } };

export interface PipelineReport {
  readonly firstMemberMs: number;
  readonly allMembersMs: number;
  readonly membersPerSecond: number;
  readonly changeMs: readonly number[];
  /** by the first content */
  readonly use: Use;
}

/**
 * From a change in the site to the member in the group, through all four services in processes of their own on real Kafka, PostgreSQL and
 * Redis, with Graph unthrottled: the first content of a collection, then changes of ten members, one after the other; or, with `--churn`,
 * many collections whose members come and go for some minutes.
 */
export const run = async (
  values: Options,
  say: (line: string) => void = console.log,
): Promise<PipelineReport | ChurnMinute[]> => {
  const minutes = Number(values.churn ?? 0);
  const collections = minutes > 0 ? Number(values.collections ?? 500) : 1;
  const members = Number(values.members ?? (minutes > 0 ? 200 : 100_000));
  const tick = Number(values.tick ?? 5);
  const changes = minutes > 0 ? 0 : Number(values.changes ?? 20);
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-bench-'));
  try {
    const file = join(folder, 'world.json');
    const devices = Number(values.devices ?? Math.max(members, collections) + changes * CHANGE_MEMBERS);
    await writeFile(file, JSON.stringify(worldOf({ collections, members, devices })));
    const system = await open(file, tick, values.profile);
    const use = await ProcessorUse.start(system);
    try {
      await mirrored(system, collections);
      if (minutes === 0) return await measure(system, use, { members, changes, tick }, say);
      await mapAll(system, collections, members, say);
      return await churn(
        system,
        use,
        Array.from({ length: collections }, (_, n) => pairOf(n)),
        minutes,
        say,
      );
    } finally {
      await use.stop();
      await system.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const nameOf = (n: number): string => `PC${String(n).padStart(7, '0')}`;
const names = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => nameOf(from + at));
const pairOf = (n: number): ChurnPair => ({
  collection: `ABC${(0x100 + n).toString(16).toUpperCase().padStart(5, '0')}`,
  group: `96009000-0000-4000-8000-${(n + 1).toString(16).padStart(12, '0')}`,
  guest: 'GUEST',
});
const { collection: COLLECTION, group: GROUP } = pairOf(0);

/** Collections of some members each, spread over the devices: where there are too few, some are in several collections. */
const worldOf = (size: { collections: number; members: number; devices: number }): WorldInput => {
  const { collections, members, devices } = size;
  const apart = Math.max(1, Math.floor(devices / collections));
  const pairs = Array.from({ length: collections }, (_, n) => pairOf(n));
  return {
    name: 'pipeline',
    devices: [...names(0, devices), 'GUEST'].map((name) => ({ name })),
    groups: pairs.map(({ group, collection }) => ({ id: group, displayName: `Pipeline ${collection}` })),
    collections: pairs.map(({ collection }, n) => ({
      id: collection,
      name: `Pipeline ${collection}`,
      members: Array.from({ length: members }, (_, at) => nameOf((n * apart + at) % devices)),
    })),
  };
};

const open = (file: string, tick: number, profile?: string): Promise<DistributedSystem> => {
  const unthrottled = { graph: { writeQuota: 0 } };
  return startSystem('distributed', {
    world: file,
    prepare: (simulator) => simulator.send('PATCH', '/switches', unthrottled),
    environment: {
      SOURCE_TICK_SECONDS: String(tick),
      SOURCE_ROWS_PER_SECOND: '1000000',
      GRAPH_WRITES_PER_WINDOW: '3000000',
    },
    own: (): Record<string, string> => (profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {}),
  });
};

/** The site and the directory are known. */
const mirrored = async ({ api }: DistributedSystem, collections: number): Promise<void> => {
  const last = pairOf(collections - 1).collection;
  await eventually(() => api.get(`/collections/${last}`), { ...LONG, what: 'the collections' });
  await eventually(
    async () => {
      const { items } = await api.get<{ items: { kind: string; state: string }[] }>('/upstreams');
      return items.some(({ kind, state }) => kind === 'directory' && state === 'ready');
    },
    { ...LONG, what: 'the mirror of the directory' },
  );
};

const map = ({ api, simulator }: DistributedSystem, { collection, group }: ChurnPair): Promise<unknown> =>
  api.post('/mappings', {
    tenantId: simulator.addresses.tenantId,
    groupId: group,
    collectionId: collection,
    policy: NO_LIMITS,
  });

const mapAll = async (
  system: DistributedSystem,
  collections: number,
  members: number,
  say: (line: string) => void,
): Promise<void> => {
  const began = performance.now();
  let [mapped, full] = [0, 0];
  const said = (): void =>
    say(`${mapped} mapped, ${full} groups of ${members} after ${Math.round((performance.now() - began) / 1_000)} s`);
  const progress = setInterval(said, SAY_EVERY_MS);
  try {
    for (; mapped < collections; mapped += 1) await map(system, pairOf(mapped));
    const every = async (): Promise<boolean> => {
      const groups = await system.simulator.send<{ memberCount: number }[]>('GET', '/groups');
      full = groups.filter(({ memberCount }) => memberCount >= members).length;
      return full >= collections;
    };
    await eventually(every, { ...LONG, interval: 1_000, what: 'every group' });
  } finally {
    clearInterval(progress);
  }
  said();
};

const measure = async (
  system: DistributedSystem,
  processorUse: ProcessorUse,
  { members, changes, tick }: { members: number; changes: number; tick: number },
  say: (line: string) => void,
): Promise<PipelineReport> => {
  const { simulator } = system;
  const count = async (): Promise<number> => {
    const groups = await simulator.send<{ id: string; memberCount: number }[]>('GET', '/groups');
    return groups.find(({ id }) => id === GROUP)?.memberCount ?? 0;
  };
  const since = (start: number): number => Math.round(performance.now() - start);
  await processorUse.restart();
  const began = performance.now();
  await map(system, pairOf(0));
  await eventually(async () => (await count()) > 0, { ...LONG, what: 'the first member' });
  const firstMemberMs = since(began);
  await eventually(async () => (await count()) === members, { ...LONG, what: 'every member' });
  const allMembersMs = since(began);
  const membersPerSecond = (members / allMembersMs) * 1_000;
  say(`first content of ${members} members: the first after ${firstMemberMs} ms, all after ${allMembersMs} ms`);
  const use = await processorUse.read();
  say(`${Math.round(membersPerSecond)} members a second; seconds of one core, and shares of it:`);
  for (const line of describeUse(use, members)) say(line);
  const changeMs: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    // the change before ended shortly after a tick: without this each would wait for a whole one
    await sleep(((change * GOLDEN) % 1) * tick * 1_000);
    const start = performance.now();
    await simulator.editCollection(COLLECTION, { add: names(members + change * CHANGE_MEMBERS, CHANGE_MEMBERS) });
    const wanted = members + (change + 1) * CHANGE_MEMBERS;
    await eventually(async () => (await count()) === wanted, { ...LONG, what: 'ten members more' });
    changeMs.push(since(start));
  }
  changeMs.sort((a, b) => a - b);
  const at = (share: number): number => changeMs[Math.ceil(share * changeMs.length) - 1] ?? Number.NaN;
  const seconds = (ms: number): string => (Number.isNaN(ms) ? 'not measured' : `${(ms / 1_000).toFixed(1)} s`);
  const figures = [firstMemberMs, allMembersMs].map(seconds);
  const ofChanges = [at(0.5), at(0.95)].map(seconds);
  say('members | tick | first member | all members | members/s | change of ten: median | 95 % within');
  say([members, `${tick} s`, ...figures, Math.round(membersPerSecond), ...ofChanges].join(' | '));
  return { firstMemberMs, allMembersMs, membersPerSecond, changeMs, use };
};
