import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSystem, type System } from '@collection-sync/e2e';
import type { WorldInput } from '@collection-sync/simulator';
import { cleanUp, eventually, startServices } from '@collection-sync/testing';
import { describeUse, ProcessorUse, type Use } from './pipeline/processor-use.js';

const GROUP = '96009000-0000-4000-8000-000000000001';
const COLLECTION = 'ABC00100';
const OPTIONS = {
  members: { type: 'string' },
  tick: { type: 'string' },
  /** a folder for a processor profile of each service */
  profile: { type: 'string' },
} as const;
const CHANGES = 20;
const CHANGE_MEMBERS = 10;
const LONG = { deadline: 1_800_000, interval: 50 };
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
 * Redis, with Graph unthrottled: the first content of a collection, then changes of ten members, one after the other.
 */
export const run = async (args: string[] = [], say: (line: string) => void = console.log): Promise<PipelineReport> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  const members = Number(values.members ?? 100_000);
  const tick = Number(values.tick ?? 5);
  const services = await startServices();
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-bench-'));
  try {
    const system = await open(join(folder, 'world.json'), members, tick, values.profile);
    const use = await ProcessorUse.start(system);
    try {
      return await measure(system, use, members, tick, say);
    } finally {
      await use.stop();
      await system.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await cleanUp();
    await services.stop();
  }
};

const nameOf = (n: number): string => `PC${String(n).padStart(7, '0')}`;
const names = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => nameOf(from + at));

const open = async (file: string, members: number, tick: number, profile?: string): Promise<System> => {
  const world: WorldInput = {
    name: 'pipeline',
    devices: names(0, members + CHANGES * CHANGE_MEMBERS).map((name) => ({ name })),
    groups: [{ id: GROUP, displayName: 'Pipeline' }],
    collections: [{ id: COLLECTION, name: 'Pipeline', members: names(0, members) }],
  };
  await writeFile(file, JSON.stringify(world));
  const unthrottled = { graph: { writeQuota: 0 } };
  return startSystem(
    'distributed',
    file,
    (simulator) => simulator.control('PATCH', '/switches', unthrottled),
    { SOURCE_TICK_SECONDS: String(tick), GRAPH_WRITES_PER_WINDOW: '3000000' },
    (): Record<string, string> => (profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {}),
  );
};

const measure = async (
  { api, simulator }: System,
  processorUse: ProcessorUse,
  members: number,
  tick: number,
  say: (line: string) => void,
): Promise<PipelineReport> => {
  const count = async (): Promise<number> => {
    const groups = await simulator.control<{ id: string; memberCount: number }[]>('GET', '/groups');
    return groups.find(({ id }) => id === GROUP)?.memberCount ?? 0;
  };
  const since = (start: number): number => Math.round(performance.now() - start);
  await eventually(() => api.get(`/collections/${COLLECTION}`), { ...LONG, what: 'the collection' });
  await eventually(
    async () => {
      const { items } = await api.get<{ items: { kind: string; state: string }[] }>('/upstreams');
      return items.some(({ kind, state }) => kind === 'directory' && state === 'ready');
    },
    { ...LONG, what: 'the mirror of the directory' },
  );
  await processorUse.restart();
  const began = performance.now();
  const { tenantId } = simulator.addresses;
  await api.post('/mappings', { tenantId, groupId: GROUP, collectionId: COLLECTION, policy: NO_LIMITS });
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
  for (let change = 0; change < CHANGES; change += 1) {
    const start = performance.now();
    await simulator.changeMembers(COLLECTION, { add: names(members + change * CHANGE_MEMBERS, CHANGE_MEMBERS) });
    const wanted = members + (change + 1) * CHANGE_MEMBERS;
    await eventually(async () => (await count()) === wanted, { ...LONG, what: 'ten members more' });
    changeMs.push(since(start));
  }
  changeMs.sort((a, b) => a - b);
  const at = (share: number): number => changeMs[Math.ceil(share * changeMs.length) - 1] ?? 0;
  say(`a change of ${CHANGE_MEMBERS}, tick ${tick} s: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms`);
  return { firstMemberMs, allMembersMs, membersPerSecond, changeMs, use };
};
