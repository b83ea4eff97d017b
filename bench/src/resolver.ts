import { randomUUID } from 'node:crypto';
import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import {
  BATCH_PARTS,
  CHUNK_MEMBERS,
  encodeEvent,
  targetOf,
  TOPICS,
  type Member,
  type OutgoingRecord,
  type Received,
} from '@collection-sync/core';
import { GraphTenants, MeteredGraph, type GraphClient } from '@collection-sync/graph';
import { Metrics, silentLogger } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { InProcessBudget, InProcessLocks } from '@collection-sync/redis';
import { DEFAULT_SETTINGS, resolver } from '@collection-sync/resolver';
import { startSimulator, type Simulator } from '@collection-sync/simulator';
import { eventually, freshDatabase } from '@collection-sync/testing';

/** Devices of the tenant. Every 50th of the site's is not joined, so the tenant has a little less than that. */
const SIZES = [1_000, 10_000, 100_000] as const;
const PAGE = 200;
/** Look-ups one by one are measured with this many at most, and multiplied: more would meet the read quota of a large tenant, 8,000 per 10 s. */
const SAMPLE = 5_000;
/** Clauses in one filter: Graph refuses more, https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/1238 */
const CLAUSES = 15;
const GROUP = 'cccccccc-0000-4000-8000-000000000001';

export interface ResolverRow {
  readonly devices: number;
  readonly way: string;
  readonly requests: number;
  readonly units: number;
  readonly seconds: number;
  readonly note: string;
}

export interface ResolverReport {
  readonly rows: ResolverRow[];
  /** members per second of processor time through the service: decoded, resolved, encoded and published */
  readonly membersPerSecond: number;
  readonly coldPagesShare: number;
  readonly warmRequests: number;
}

/** Requests and resource units of ways to resolve all devices of a tenant, and how fast chunks pass through the service. Throws when a
 * goal is missed. */
export const run = async (
  say: (line: string) => void = console.log,
  sizes: readonly number[] = SIZES,
): Promise<ResolverReport> => {
  const rows: ResolverRow[] = [];
  let membersPerSecond = 0;
  let coldPagesShare = 0;
  let warmRequests = 0;
  const print = (row: ResolverRow): void => {
    rows.push(row);
    say(lineOf(row));
  };
  say('devices  way                                  requests    units  seconds');
  for (const devices of sizes) {
    const bench = await Bench.open(devices);
    try {
      const cold = await bench.cold();
      print(cold);
      const pages = Math.ceil(bench.joined / PAGE);
      coldPagesShare = cold.requests / pages;
      const warm = await bench.warm();
      print(warm.row);
      warmRequests = warm.row.requests;
      membersPerSecond = warm.membersPerSecond;
      print(await bench.byAlternateKey());
      print(await bench.byIn());
      print(await bench.byFilter());
    } finally {
      await bench.close();
    }
  }
  say('');
  say(`cold: ${coldPagesShare.toFixed(3)} × the pages of one delta pass (goal ≤ 1.1)`);
  say(`warm: ${warmRequests} requests (goal 0)`);
  say(
    `through the service: ${Math.round(membersPerSecond).toLocaleString('en')} members per second of one core (goal ≥ 50,000)`,
  );
  if (coldPagesShare > 1.1 || warmRequests > 0 || membersPerSecond < 50_000) throw new Error('a goal was missed');
  return { rows, membersPerSecond, coldPagesShare, warmRequests };
};

class Bench {
  readonly log = silentLogger();
  readonly bus = new InProcessBus({
    store: new MemoryCompactedStore(),
    log: this.log,
    services: ['resolver', 'bench'],
  });
  private readonly counter = new RequestCounter();
  private deviceIds: string[] = [];
  private service: { close(): Promise<void> } | undefined;
  private readonly metrics = new Metrics('resolver');
  private ready = false;

  private constructor(
    private readonly devices: number,
    private readonly sim: Simulator,
    private readonly database: ServiceDatabase,
    private readonly graph: GraphTenants,
  ) {}

  static async open(devices: number): Promise<Bench> {
    const size = { devices, users: 0, collections: 1, groups: 1 };
    // reads are counted, not held back: the quota would only add the same waits to every way
    const sim = await startSimulator({ world: 'small', size, journalLimit: 100, graph: { deltaPageSize: PAGE } });
    const graph = new GraphTenants([
      {
        tenant: sim.tenantId,
        baseUrl: sim.graphUrl,
        credential: { kind: 'static-token', token: 'bench' },
        budget: { units: 1_000_000, unitWindowMs: 1_000 },
      },
    ]);
    const database = new ServiceDatabase({
      url: await freshDatabase(),
      schema: 'resolver',
      application: 'bench',
    });
    const bench = new Bench(devices, sim, database, graph);
    await bench.listen();
    return bench;
  }

  get joined(): number {
    return this.deviceIds.length;
  }

  async close(): Promise<void> {
    this.counter.stop();
    await this.service?.close();
    await this.bus.close();
    await this.database.close();
    await this.sim.close();
  }

  /** An empty mirror until it is ready. */
  async cold(): Promise<ResolverRow> {
    const from = this.counter.start();
    const budget = new InProcessBudget((tenant) => this.graph.budget(tenant));
    const parts = {
      database: this.database,
      bus: this.bus,
      graph: new MeteredGraph(this.graph, budget),
      locks: new InProcessLocks(),
      settings: { ...DEFAULT_SETTINGS, feedEveryMs: 3_600_000 },
      http: undefined,
    };
    this.service = await resolver.with(parts).start(this.log, { metrics: this.metrics });
    await eventually(() => this.ready, { deadline: 600_000, interval: 5 });
    const row = this.row('mirror, cold', from, 1, 'first delta pass');
    this.deviceIds = await this.listed();
    return row;
  }

  /** Every device through the service, in chunks as capture sends them; small tenants several times over. */
  async warm(): Promise<{ row: ResolverRow; membersPerSecond: number }> {
    const records = this.chunks();
    const times = Math.max(1, Math.ceil(200_000 / this.joined));
    await this.pass(records);
    const before = await this.resolved();
    const from = this.counter.start();
    const cpu = process.cpuUsage();
    for (let time = 0; time < times; time += 1) await this.pass(records);
    const { user, system } = process.cpuUsage(cpu);
    const members = (await this.resolved()) - before;
    if (members !== this.joined * times) throw new Error(`${members} members came through, not all`);
    const row = this.row('mirror, warm', from, 1, `all members, ${times} times`);
    return { row, membersPerSecond: members / ((user + system) / 1_000_000) };
  }

  async byAlternateKey(): Promise<ResolverRow> {
    const { client, sample, factor } = this.lookUp();
    const from = this.counter.start();
    for (let at = 0; at < sample.length; at += BATCH_PARTS) {
      const parts = sample.slice(at, at + BATCH_PARTS).map((deviceId, index) => ({
        id: String(index),
        method: 'GET' as const,
        path: `/devices(deviceId='${deviceId}')?$select=id,deviceId`,
      }));
      const answers = await client.batch(parts);
      this.counter.units += parts.length;
      if ([...answers.values()].some(({ status }) => status !== 200))
        throw new Error('a device was not found by its key');
    }
    return this.row('alternate key, 20 in a $batch', from, factor, sampled(sample, factor));
  }

  /** Graph's `deviceId` knows no `in`: what one asks for is refused. */
  async byIn(): Promise<ResolverRow> {
    const { client, sample } = this.lookUp();
    const from = this.counter.start();
    const list = sample.slice(0, CLAUSES).map((deviceId) => `'${deviceId}'`);
    const answer = await client.request({
      method: 'GET',
      path: '/devices',
      query: { $filter: `deviceId in (${list.join()})` },
    });
    return this.row(
      '$filter deviceId in (…)',
      from,
      1,
      answer.status === 200 ? 'answered' : `refused: ${answer.status}`,
    );
  }

  async byFilter(): Promise<ResolverRow> {
    const { client, sample, factor } = this.lookUp();
    const from = this.counter.start();
    let found = 0;
    for (let at = 0; at < sample.length; at += CLAUSES) {
      const $filter = sample
        .slice(at, at + CLAUSES)
        .map((deviceId) => `deviceId eq '${deviceId}'`)
        .join(' or ');
      const query = { $filter, $select: 'id,deviceId' };
      const answer = await client.request<{ value: unknown[] }>({ method: 'GET', path: '/devices', query });
      found += answer.body.value.length;
    }
    if (found !== sample.length) throw new Error(`${found} of ${sample.length} devices were found by filter`);
    return this.row(`$filter, ${CLAUSES} × eq`, from, factor, sampled(sample, factor));
  }

  private lookUp(): { client: GraphClient; sample: string[]; factor: number } {
    const sample = this.deviceIds.slice(0, SAMPLE);
    return { client: this.graph.client(this.sim.tenantId), sample, factor: this.deviceIds.length / sample.length };
  }

  private row(way: string, from: Snapshot, factor: number, note: string): ResolverRow {
    const spent = this.counter.since(from);
    return {
      devices: this.devices,
      way,
      requests: Math.ceil(spent.requests * factor),
      units: Math.ceil(spent.units * factor),
      seconds: spent.seconds * factor,
      note,
    };
  }

  private async listed(): Promise<string[]> {
    const ids: string[] = [];
    const query = { $select: 'id,deviceId', $top: 999 };
    for await (const page of this.graph.client(this.sim.tenantId).pages<{ deviceId: string }>('/devices', query)) {
      ids.push(...page.items.map(({ deviceId }) => deviceId));
    }
    return ids;
  }

  private async listen(): Promise<void> {
    const transport = this.bus.work('bench');
    const watch = async (records: Received<typeof TOPICS.upstream>[]): Promise<void> => {
      this.ready ||= records.some(({ event }) => event.state === 'ready');
    };
    transport.addHandler(TOPICS.upstream, watch, true);
    await new Promise<void>((resolve) => transport.listen(() => resolve()));
    await transport.caughtUp;
  }

  private chunks(): OutgoingRecord[] {
    const tenant = this.sim.tenantId;
    const transfer = randomUUID();
    const records: OutgoingRecord[] = [];
    for (let at = 0; at < this.deviceIds.length; at += CHUNK_MEMBERS) {
      const adds = this.deviceIds.slice(at, at + CHUNK_MEMBERS).map((deviceId, index): Member => ({
        resource: at + index,
        kind: 'device',
        name: `PC${String(at + index).padStart(7, '0')}`,
        identity: { deviceId, tenantId: tenant },
      }));
      const event = {
        transfer,
        mode: 'full' as const,
        content: 'complete' as const,
        collection: 'ABC00014',
        collectionType: 'device' as const,
        from: 0,
        to: 1,
        chunk: records.length,
        last: at + CHUNK_MEMBERS >= this.deviceIds.length,
        readAt: new Date().toISOString(),
        targets: [{ target: targetOf(tenant, GROUP), tenant, group: GROUP, activated: 1 }],
        adds,
        removes: [],
      };
      records.push(encodeEvent(TOPICS.membershipDelta, event, 'capture'));
    }
    return records;
  }

  /** Members with an object, as the service counts them: nobody else reads what it publishes here. */
  private async resolved(): Promise<number> {
    const { values } = (await this.metrics.registry
      .getSingleMetric('collection_sync_resolver_members_total')
      ?.get()) ?? { values: [] };
    return values.find(({ labels }) => labels['reason'] === 'resolved')?.value ?? 0;
  }

  private async pass(records: readonly OutgoingRecord[]): Promise<void> {
    for (let at = 0; at < records.length; at += 20) await this.bus.publisher.publish(records.slice(at, at + 20));
  }
}

const sampled = (sample: readonly string[], factor: number): string =>
  factor > 1 ? `reckoned from ${sample.length.toLocaleString('en')}` : '';

interface Snapshot {
  readonly requests: number;
  readonly units: number;
  readonly at: number;
}

/** Counts what leaves this process for Graph, and the resource units that Graph says it used. */
class RequestCounter {
  requests = 0;
  units = 0;
  private readonly fetch = globalThis.fetch;

  constructor() {
    globalThis.fetch = async (...given: Parameters<typeof fetch>) => {
      this.requests += 1;
      const response = await this.fetch(...given);
      this.units += Number(response.headers.get('x-ms-resource-unit') ?? 0);
      return response;
    };
  }

  start(): Snapshot {
    return { requests: this.requests, units: this.units, at: performance.now() };
  }

  since(from: Snapshot): { requests: number; units: number; seconds: number } {
    return {
      requests: this.requests - from.requests,
      units: this.units - from.units,
      seconds: (performance.now() - from.at) / 1_000,
    };
  }

  stop(): void {
    globalThis.fetch = this.fetch;
  }
}

const lineOf = ({ devices, way, requests, units, seconds, note }: ResolverRow): string =>
  [
    devices.toLocaleString('en').padStart(7),
    ` ${way.padEnd(34)}`,
    requests.toLocaleString('en').padStart(10),
    units.toLocaleString('en').padStart(8),
    seconds.toFixed(2).padStart(8),
    ` ${note}`,
  ].join(' ');
