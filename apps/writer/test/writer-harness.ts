import { randomUUID } from 'node:crypto';
import { TOPICS } from '@collection-sync/core';
import {
  DEFAULT_BUDGET,
  policy,
  runKind,
  schedule,
  targetOf,
  type Command,
  type EventOf,
  type GuardPolicy,
  type Budget,
  type LeaseStore,
  type Mapping,
  type MembershipChange,
  type MembershipResult,
  type RunEvent,
  type TopicName,
} from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { Health, Metrics, silentLogger } from '@collection-sync/platform';
import { Database, migrate, Outbox } from '@collection-sync/postgres';
import { InProcessBudget, InProcessLeases } from '@collection-sync/redis';
import {
  ControlClient,
  startSimulator,
  TENANT_ID,
  type Simulator,
  type SimulatorOptions,
} from '@collection-sync/simulator';
import { freshDatabase, readEvent, refuseOtherChanges } from '@collection-sync/testing';
import { actOnNext } from '../src/act/act-on-next.js';
import { compareNext } from '../src/compare/compare-next.js';
import type { WriterContext } from '../src/context.js';
import { assignFeeds } from '../src/copy/assign-feeds.js';
import { followNext } from '../src/copy/follow-groups.js';
import { expirePlans } from '../src/guard/plans.js';
import { adoptNext } from '../src/adopt/adopt-mapping.js';
import { tearDownNext } from '../src/adopt/tear-down.js';
import { mergeNext } from '../src/merge/merge-next.js';
import { previewNext } from '../src/preview/preview-next.js';
import { stage } from '../src/merge/stage.js';
import { performNextRun } from '../src/run/perform-run.js';
import { RunSlots } from '../src/run/run-slots.js';
import type { WriterSettings } from '../src/settings.js';
import { storeCommands } from '../src/store/commands.js';
import { storeMappings } from '../src/store/mappings.js';
import { writer } from '../src/service.js';
import { DEFAULT_SETTINGS } from '../src/settings.js';
import { writerMetrics } from '../src/metrics.js';

import { Fuse } from './fuse.js';
import { TABLES_OF_STATES } from './tables-of-states.js';

/** A directory object with a number; the same number is the ResourceID in tests. */
export const objectOf = (n: number): string => `0b1ec700-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const groupOf = (n: number): string => `96009000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const COLLECTION = 'ABC00014';

export interface WorldOptions {
  devices: number;
  tenant?: string;
  groups?: { members?: number[]; traits?: object }[];
  users?: { n: number; guest?: boolean }[];
  servicePrincipals?: number[];
  simulator?: SimulatorOptions;
}

export const startWorld = async ({
  devices,
  tenant = TENANT_ID,
  groups = [{}],
  users = [],
  servicePrincipals = [],
  simulator,
}: WorldOptions) => {
  const sim = await startSimulator({
    ...simulator,
    world: {
      name: 'writer',
      tenantId: tenant,
      devices: Array.from({ length: devices }, (_, at) => ({ name: `D${at + 1}`, objectId: objectOf(at + 1) })),
      users: users.map(({ n, guest }) => ({
        name: `U${n}`,
        userName: `u${n}`,
        objectId: objectOf(n),
        guest: guest ?? false,
      })),
      servicePrincipals: servicePrincipals.map((n) => ({
        id: objectOf(n),
        appId: randomUUID(),
        displayName: `App${n}`,
      })),
      groups: groups.map(({ members = [], traits }, at) => ({
        id: groupOf(at + 1),
        displayName: `Group${at + 1}`,
        members: members.map(objectOf),
        ...traits,
      })),
    },
  });
  return { sim, control: new ControlClient(sim.controlUrl) };
};

type Change = Partial<Omit<MembershipChange, 'adds'>> & { adds?: (number | MembershipChange['adds'][number])[] };

interface LeaseTime {
  passed: number;
}

/** A writer without bus and loops: each step is called by the test. */
export class Harness {
  readonly writer: WriterContext;
  readonly control: ControlClient;
  clock = 1_000;
  #world?: Simulator;
  readonly #slots = runKind.options.map((kind) => new RunSlots(kind, [TENANT_ID], 8));

  private constructor(
    readonly sim: Simulator,
    readonly database: Database,
    private readonly time: LeaseTime,
    readonly leases: LeaseStore,
    settings: Partial<WriterSettings>,
    writer?: WriterContext,
  ) {
    this.control = new ControlClient(sim.controlUrl);
    this.writer = writer ?? contextOf(sim, database, leases, settings);
  }

  static async start(sim: Simulator, settings: Partial<WriterSettings> = {}): Promise<Harness> {
    const url = await freshDatabase();
    const database = new Database({ url, schema: 'writer', application: 'writer-test', byKey: true });
    await migrate(database, writer.migrations);
    await refuseOtherChanges(database, TABLES_OF_STATES);
    const time = { passed: 0 };
    const leases = new InProcessLeases(() => performance.now() + time.passed);
    return new Harness(sim, database, time, leases, { ...QUICK, ...settings });
  }

  /** In a world of its own, which ends with it. */
  static async inWorld(options: WorldOptions, settings?: Partial<WriterSettings>): Promise<Harness> {
    const { sim } = await startWorld(options);
    const harness = await Harness.start(sim, settings);
    harness.#world = sim;
    return harness;
  }

  /** What it spends from now on, and the applications that write by their tokens. */
  spendFrom(budget: Budget, applications?: readonly string[]): void {
    Object.assign(this.writer, { budget, graph: new MeteredGraph(tenantsOf(this.sim, applications), budget) });
  }

  /** Another replica on the same database and leases. */
  replica(settings: Partial<WriterSettings> = {}, fuse = new Fuse()): Harness {
    const writer = contextOf(this.sim, fuse.database(this.database), fuse.leases(this.leases), {
      ...QUICK,
      ...settings,
    });
    const replica = new Harness(this.sim, this.database, this.time, this.leases, {}, writer);
    replica.clock = this.clock;
    return replica;
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.#world?.close();
  }

  /** Lets as much time pass as a writer that died is waited for, and as its calls may still do something. */
  async pass(): Promise<void> {
    const { leaseMs, deadlineMs } = this.writer.settings;
    const ms = leaseMs + deadlineMs;
    this.time.passed += ms;
    await this.database.query(
      `with passed as (select make_interval(secs => $1::float8 / 1000) as time),
       runs as (update run set heartbeat_at = heartbeat_at - time from passed where ended_at is null),
       looks as (update entry set second_look_at = second_look_at - time, second_look_set_at = second_look_set_at - time
         from passed where second_look_at is not null)
       update target set due_at = due_at - time, due_set_at = due_set_at - time from passed where due_at is not null`,
      [ms],
    );
  }

  target(group = 1): string {
    return targetOf(TENANT_ID, groupOf(group));
  }

  tick(): number {
    this.clock += 10;
    return this.clock;
  }

  async map(change: Partial<Mapping> & { group_?: number; guard?: Partial<GuardPolicy> } = {}): Promise<Mapping> {
    const { group_ = 1, guard = {}, ...rest } = change;
    const version = this.tick();
    const mapping: Mapping = {
      target: this.target(group_),
      tenant: TENANT_ID,
      group: groupOf(group_),
      groupName: `Group${group_}`,
      collection: COLLECTION,
      collectionName: 'Collection',
      collectionType: 'device',
      state: 'active',
      policy: policy.parse({ guard }),
      schedule: schedule.parse({ kind: 'manual' }),
      version,
      activated: version,
      changedAt: new Date().toISOString(),
      changedBy: 'test',
      ...rest,
    };
    await storeMappings(this.database, [mapping]);
    await this.adopt();
    return mapping;
  }

  async adopt(): Promise<void> {
    while (await adoptNext(this.writer));
    while (await tearDownNext(this.writer));
  }

  /** Stages one chunk of content for a mapping. */
  async content(mapping: Mapping, change: Change): Promise<MembershipChange> {
    const { adds = [], ...rest } = change;
    const chunk: MembershipChange = {
      transfer: randomUUID(),
      mode: 'incremental',
      content: 'complete',
      collection: mapping.collection,
      collectionType: 'device',
      from: 0,
      to: this.tick(),
      chunk: 0,
      last: true,
      readAt: new Date().toISOString(),
      target: mapping.target,
      tenant: mapping.tenant,
      group: mapping.group,
      activated: mapping.activated,
      disabledObjects: 'keep',
      removes: [],
      ...rest,
      adds: adds.map((add) =>
        typeof add === 'number' ? { resource: add, kind: 'device', name: `D${add}`, object: objectOf(add) } : add,
      ),
    };
    await stage(this.writer, [chunk]);
    return chunk;
  }

  /** The complete content marked full, as a new mapping gets it. */
  first(mapping: Mapping, adds: Change['adds'], rest: Change = {}): Promise<MembershipChange> {
    return this.content(mapping, { mode: 'full', reason: `activated:${mapping.activated}`, adds, ...rest });
  }

  delta(mapping: Mapping, from: number, adds: Change['adds'], removes: number[] = []): Promise<MembershipChange> {
    return this.content(mapping, { content: 'delta', from, adds, removes });
  }

  /** The same in chunks of `size` adds; the removes come with the last one. */
  async chunked(mapping: Mapping, change: Change, size: number): Promise<void> {
    const { adds = [], removes = [], ...rest } = change;
    const common = { transfer: randomUUID(), to: this.tick(), ...rest };
    const count = Math.max(1, Math.ceil(adds.length / size));
    for (let chunk = 0; chunk < count; chunk += 1) {
      const last = chunk === count - 1;
      const part = adds.slice(chunk * size, (chunk + 1) * size);
      await this.content(mapping, { ...common, adds: part, removes: last ? removes : [], chunk, last });
    }
  }

  async merge(): Promise<void> {
    while (await mergeNext(this.writer));
  }

  async run(signal: AbortSignal = new AbortController().signal): Promise<void> {
    while (await this.runOne(signal));
  }

  async runOne(signal: AbortSignal = new AbortController().signal): Promise<boolean> {
    for (const slots of this.#slots) if (await performNextRun(this.writer, slots, signal)) return true;
    return false;
  }

  async converge(): Promise<void> {
    await this.merge();
    await this.run();
  }

  /** Has every group followed by its copy as of now. */
  async follow(signal: AbortSignal = new AbortController().signal): Promise<void> {
    while (await assignFeeds(this.writer));
    await this.database.query('update group_feed set next_at = clock_timestamp() where claim is null');
    while (await followNext(this.writer, TENANT_ID, signal));
  }

  async previews(): Promise<void> {
    while (await previewNext(this.writer, new AbortController().signal));
  }

  async comparisons(): Promise<void> {
    while (await compareNext(this.writer, new AbortController().signal));
  }

  async expire(): Promise<void> {
    while (await expirePlans(this.writer));
  }

  /** Gives a command and has everything done that was given. */
  async command(kind: Command['kind'], change: Partial<Command> & { group_?: number } = {}): Promise<string> {
    const id = await this.give(kind, change);
    for (const queue of ['others', 'reports'] as const) while (await actOnNext(this.writer, queue));
    return id;
  }

  async give(kind: Command['kind'], change: Partial<Command> & { group_?: number } = {}): Promise<string> {
    const { group_ = 1, ...rest } = change;
    const id = randomUUID();
    const command: Command = {
      id,
      kind,
      target: this.target(group_),
      tenant: TENANT_ID,
      group: groupOf(group_),
      issuedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      by: 'tester',
      ...rest,
    };
    await this.database.transaction((tx) => storeCommands(tx, [command]));
    return command.id;
  }

  /** Numbers of the objects in a group. */
  async members(group = 1): Promise<number[]> {
    const { members } = await this.control.group(groupOf(group));
    return members.map(({ id }) => Number(id.slice(-12))).sort((a, b) => a - b);
  }

  async events(group = 1): Promise<RunEvent[]> {
    return this.#told(TOPICS.run, group);
  }

  async results(group = 1): Promise<MembershipResult[]> {
    return this.#told(TOPICS.membershipResult, group);
  }

  /** What status would show: the last outcome of each member. */
  async shown(group = 1): Promise<Map<string, string>> {
    const shown = new Map<string, string>();
    let parts = new Map<string, string>();
    for (const { members, snapshot, preview } of await this.results(group)) {
      if (preview) continue;
      if (snapshot?.part === 0) parts = new Map();
      for (const one of members) {
        const key = one.resource === null ? String(one.object) : String(one.resource);
        const words = one.code ? `${one.state} ${one.code}` : one.state;
        if (one.state === 'removed') shown.delete(key);
        else shown.set(key, words);
        parts.set(key, words);
      }
      if (snapshot?.last) {
        shown.clear();
        for (const [key, words] of parts) shown.set(key, words);
      }
    }
    return shown;
  }

  async last<E extends RunEvent['event']>(event: E, group = 1): Promise<Extract<RunEvent, { event: E }> | undefined> {
    const found = (await this.events(group)).filter((one) => one.event === event);
    return found.at(-1) as Extract<RunEvent, { event: E }> | undefined;
  }

  /** Writes that reached Graph for a group, as words. */
  async writes(group = 1, after = 0): Promise<string[]> {
    return (await this.control.journal(after))
      .filter(({ face, method, url }) => face === 'graph' && method !== 'GET' && url.includes(groupOf(group)))
      .map(
        ({ method, status, named }) =>
          `${method} ${named?.map((id) => Number(id.slice(-12))).join(',') ?? ''} ${status}`,
      );
  }

  async #told<T extends TopicName>(topic: T, group: number): Promise<EventOf<T>[]> {
    const rows = await this.database.query<{ value: string }>(
      'select value from outbox where topic = $1 and key = $2 order by id',
      [topic, this.target(group)],
    );
    return rows.map(({ value }) => readEvent(topic, value));
  }
}

const QUICK: Partial<WriterSettings> = {
  leaseMs: 3_000,
  deadlineMs: 2_000,
  retry: { firstMs: 20, mostMs: 200, attempts: 5, slowFirstMs: 60_000, slowMostMs: 3_600_000 },
  maxRetryWaitMs: 5_000,
  maxFreshWaitMs: 5_000,
  pollMs: 50,
  progressMs: 0,
};

const byToken = (token: string) => ({ kind: 'static-token', token }) as const;

const tenantsOf = (sim: Simulator, applications?: readonly string[]): GraphTenants =>
  new GraphTenants([
    {
      tenant: TENANT_ID,
      baseUrl: sim.graphUrl,
      credential: byToken('test'),
      ...(applications ? { writers: applications.map(byToken) } : {}),
    },
  ]);

/** A context on the simulator's tenant; the budget is full from the start, since a fresh one begins empty. */
export const contextOf = (
  sim: Simulator,
  database: Database,
  leases: LeaseStore,
  settings: Partial<WriterSettings>,
): WriterContext => {
  const tenants = tenantsOf(sim);
  const rich = { ...DEFAULT_BUDGET, writes: 3_000_000, units: 3_500_000 };
  const budget = new InProcessBudget(() => rich);
  return {
    database,
    outbox: new Outbox(database),
    graph: new MeteredGraph(tenants, budget),
    leases,
    budget,
    log: silentLogger(),
    health: new Health(),
    metrics: writerMetrics(new Metrics('writer')),
    settings: { ...DEFAULT_SETTINGS, ...settings },
  };
};
