import { randomUUID } from 'node:crypto';
import {
  AppError,
  TOPICS,
  type Budget,
  type BudgetLimits,
  type EventOf,
  type OutgoingRecord,
  type Publisher,
  type TopicName,
} from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { Health, Metrics, silentLogger } from '@collection-sync/platform';
import { Database, migrate, Outbox } from '@collection-sync/postgres';
import { InProcessBudget, InProcessLocks } from '@collection-sync/redis';
import {
  ControlClient,
  startSimulator,
  type GraphSwitches,
  type Simulator,
  type WorldInput,
} from '@collection-sync/simulator';
import { freshDatabase, readEvent } from '@collection-sync/testing';
import type { ResolverContext } from '../src/context.js';
import { resolverMetrics } from '../src/metrics.js';
import { FeedMirror } from '../src/mirror/feed-mirror.js';
import { DEFAULT_SETTINGS, type ResolverSettings } from '../src/settings.js';
import type { SiteIds } from '../src/store/directories.js';
import { ensureFeed, readFeeds, type FeedRow } from '../src/store/feeds.js';
import type { Kind } from '../src/store/kinds.js';

/** Keeps what it is given, or refuses it. */
class Sink implements Publisher {
  readonly records: OutgoingRecord[] = [];
  failure: Error | undefined;
  /** no record that contains this is taken */
  refused: string | undefined;

  publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    const { refused } = this;
    if (refused !== undefined && records.some(({ value }) => value.includes(refused))) {
      return Promise.reject(new AppError('BUS_RECORD_REFUSED', 'too large'));
    }
    this.records.push(...records);
    return Promise.resolve();
  }

  events<T extends TopicName>(topic: T): EventOf<T>[] {
    return this.records
      .filter((record) => record.topic === topic)
      .map((record) => readEvent(topic, record.value, record.headers));
  }
}

/** A simulated tenant, a database, and the resolver's parts without a bus: each step is taken by the test. */
export class DirectoryWorld {
  readonly sink = new Sink();
  readonly locks = new InProcessLocks();
  readonly log = silentLogger();
  readonly health = new Health();

  private constructor(
    readonly sim: Simulator,
    readonly database: Database,
    readonly graph: GraphTenants,
  ) {}

  static async open(
    options: { world?: WorldInput | string; graph?: Partial<GraphSwitches>; siteIds?: SiteIds['devices'] } = {},
  ): Promise<DirectoryWorld> {
    const sim = await startSimulator({ world: options.world ?? 'ten-step', graph: options.graph });
    const database = new Database({ url: await freshDatabase(), schema: 'resolver', application: 'test' });
    await migrate(database, new URL('../migrations/', import.meta.url));
    const world = new DirectoryWorld(sim, database, tenantsOf(sim));
    await world.siteNames(options.siteIds === undefined ? 'deviceId' : options.siteIds);
    return world;
  }

  /** What AADDeviceID of the site was found to hold. */
  private async siteNames(devices: SiteIds['devices']): Promise<void> {
    await this.database.execute('insert into directory (tenant, site_ids) values ($1, $2)', [
      this.tenant,
      JSON.stringify({ devices, users: null }),
    ]);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.sim.close();
  }

  get tenant(): string {
    return this.sim.tenantId;
  }

  newBudget(limits: Partial<BudgetLimits> = {}): Budget {
    return new InProcessBudget((tenant) => ({ ...this.graph.budget(tenant), ...limits }));
  }

  /** The parts of one more replica. */
  context(settings: Partial<ResolverSettings> = {}, budget = this.newBudget()): ResolverContext {
    return {
      database: this.database,
      outbox: new Outbox(this.database),
      publisher: this.sink,
      graph: new MeteredGraph(this.graph, budget),
      locks: this.locks,
      log: this.log,
      health: this.health,
      metrics: resolverMetrics(new Metrics('resolver')),
      settings: { ...DEFAULT_SETTINGS, feedEveryMs: 0, ...settings },
      owner: randomUUID(),
    };
  }

  async mirror(kind: Kind = 'device', settings: Partial<ResolverSettings> = {}, budget?: Budget): Promise<FeedMirror> {
    await ensureFeed(this.database, this.tenant, kind);
    return new FeedMirror(this.context(settings, budget), this.tenant, kind);
  }

  /** Rounds until the mirror is ready and has seen everything. */
  async fill(...kinds: Kind[]): Promise<void> {
    for (const kind of kinds) {
      const mirror = await this.mirror(kind);
      while ((await mirror.round(NEVER)) === true);
    }
  }

  async feed(kind: Kind = 'device'): Promise<FeedRow> {
    const feed = (await readFeeds(this.database, this.tenant)).find((one) => one.kind === kind);
    if (!feed) throw new Error(`no feed of ${kind}`);
    return feed;
  }

  /** What the outbox holds of a topic, oldest first. */
  async published<T extends TopicName>(topic: T): Promise<EventOf<T>[]> {
    const rows = await this.database.query<Pick<OutgoingRecord, 'headers' | 'value'>>(
      'select headers, value from outbox where topic = $1 order by id',
      [topic],
    );
    return rows.map((row) => readEvent(topic, row.value, row.headers));
  }

  async changes(): Promise<EventOf<typeof TOPICS.directoryChange>['identities']> {
    return (await this.published(TOPICS.directoryChange)).flatMap(({ identities }) => identities);
  }

  async forgetPublished(): Promise<void> {
    await this.database.execute('delete from outbox');
  }

  /** Objects of the mirror that are there, by object id. */
  async objects(): Promise<Map<string, { deviceId: string | null; upn: string | null; enabled: boolean }>> {
    const rows = await this.database.query<{
      id: string;
      deviceId: string | null;
      upn: string | null;
      enabled: boolean;
    }>(`select object_id as id, device_id as "deviceId", upn, enabled from directory_object where deleted_at is null`);
    return new Map(rows.map(({ id, ...rest }) => [id, rest]));
  }

  control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    return new ControlClient(this.sim.controlUrl).send(method, path, body);
  }

  device(name: string): Promise<{ resourceId: number; deviceId: string; objectId: string }> {
    return this.control('GET', `/devices/${name}`);
  }

  switches(graph: object): Promise<unknown> {
    return this.control('PATCH', '/switches', { graph });
  }

  passDays(days: number): Promise<unknown> {
    return this.control('POST', '/clock/advance', { seconds: days * 86_400 });
  }

  /** Requests to the delta of a kind since the journal was cleared, with their status. */
  async asked(kind: Kind = 'device'): Promise<{ url: string; status: number }[]> {
    const journal = await this.control<{ entries?: Entry[] } | Entry[]>('GET', '/journal');
    const entries = Array.isArray(journal) ? journal : (journal.entries ?? []);
    return entries.filter(({ url }) => url.includes(`/${kind}s/delta`));
  }
}

interface Entry {
  readonly url: string;
  readonly status: number;
}

export const tenantsOf = (sim: Simulator): GraphTenants =>
  new GraphTenants([
    { tenant: sim.tenantId, baseUrl: sim.graphUrl, credential: { kind: 'static-token', token: 'test' } },
  ]);

export const NEVER = new AbortController().signal;

/** `count` devices named PC0, PC1, … */
export const devicesWorld = (count: number): WorldInput => ({
  devices: Array.from({ length: count }, (_, index) => ({ name: `PC${index}` })),
});
