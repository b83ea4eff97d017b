import { randomUUID } from 'node:crypto';
import { InProcessBus, MemoryCompactedStore, type Bus } from '@collection-sync/bus';
import {
  chunked,
  DEFAULT_BUDGET,
  encodeEvent,
  policy,
  schedule,
  targetOf,
  TOPICS,
  type BudgetLimits,
} from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { Metrics, silentLogger } from '@collection-sync/platform';
import { type Database, ServiceDatabase } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLeases } from '@collection-sync/redis';
import { eventually, freshDatabase, freshRedis } from '@collection-sync/testing';
import { DEFAULT_SETTINGS, writer, type WriterSettings } from '@collection-sync/writer';
import { ADDS, groupId, KEPT, measure, TENANT, WORK, type Result, type World } from './world.js';

const COLLECTION = 'ABC00014';

/** One replica: its own pool, Redis connection and bus. */
const startReplica = async (
  world: World,
  databaseUrl: string,
  redisUrl: string,
  limits: BudgetLimits,
  settings: Partial<WriterSettings> = {},
) => {
  const tenants = new GraphTenants([
    { tenant: TENANT, baseUrl: world.addresses.graphUrl, credential: { kind: 'static-token', token: 'bench' } },
  ]);
  const database = new ServiceDatabase({
    url: databaseUrl,
    schema: 'writer',
    application: 'bench',
    max: 16,
    byKey: true,
  });
  const redis = connectRedis({ url: redisUrl });
  await redis.ready;
  const budget = new RedisBudget(redis, () => limits);
  const graph = new MeteredGraph(tenants, budget);
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: silentLogger() });
  const leases = new RedisLeases(redis);
  const given = { ...DEFAULT_SETTINGS, ...settings };
  const service = await writer
    .with({ database, bus, graph, leases, budget, settings: given, http: undefined })
    .start(silentLogger(), { metrics: new Metrics('writer') });
  return {
    bus,
    budget,
    database,
    close: async () => {
      await service.close();
      await bus.close();
      await redis.close();
      await database.close();
    },
  };
};

/** Brings the content of every group into the ledger; what is measured begins when that is due. */
const fill = async (bus: Bus, database: Database, groups: number): Promise<void> => {
  const readAt = new Date().toISOString();
  const members = [...ADDS, ...KEPT].map((object, at) => ({
    resource: at,
    kind: 'device' as const,
    name: `B${at}`,
    object,
  }));
  for (let n = 1; n <= groups; n += 1) {
    const about = {
      target: targetOf(TENANT, groupId(n)),
      tenant: TENANT,
      group: groupId(n),
      collection: COLLECTION,
      collectionType: 'device' as const,
      activated: n,
    };
    const mapping = {
      ...about,
      groupName: `Bench${n}`,
      state: 'active' as const,
      policy: policy.parse({ guard: { maxShare: 1 } }),
      schedule: schedule.parse({ kind: 'manual' }),
      version: n,
      changedAt: readAt,
    };
    await bus.publisher.publish([encodeEvent(TOPICS.mapping, mapping, 'bench')]);
    const content = { mode: 'full' as const, content: 'complete' as const, from: 0, to: 1, readAt };
    const transfer = { ...about, ...content, transfer: randomUUID(), reason: `activated:${n}` };
    for await (const { items, index, last } of chunked(members)) {
      const chunk = { ...transfer, chunk: index, last, adds: items, removes: [] };
      await bus.publisher.publish([encodeEvent(TOPICS.membershipChange, chunk, 'bench')]);
    }
  }
  await eventually(async () => (await database.query(`select 1 from target where due = 'full'`)).length === groups, {
    deadline: 120_000,
    interval: 100,
    what: 'every group to be due',
  });
};

interface Total {
  runs: number;
  seconds: number;
  told: number;
  unaccounted: number;
}

const total = async (database: Database): Promise<Total | undefined> =>
  (
    await database.query<Total>(
      `select count(*) filter (where ended_at is not null) as runs,
         extract(epoch from max(ended_at) - min(started_at))::float8 as seconds,
         coalesce(sum(applied + removed + failed), 0)::bigint as told,
         coalesce(sum(planned + joined - applied - removed - failed - held - superseded - unanswered - not_needed - stopped), 0)::bigint
           as unaccounted
       from run where kind = 'full'`,
    )
  )[0];

/** The work by three replicas of the writer, which share PostgreSQL and Redis, from a full bucket. */
export const ours = async (world: World, groups: number, share: number, timeScale: number): Promise<Result> => {
  const limits = {
    ...DEFAULT_BUDGET,
    writes: DEFAULT_BUDGET.writes * share,
    writeWindowMs: DEFAULT_BUDGET.writeWindowMs / timeScale,
    unitWindowMs: DEFAULT_BUDGET.unitWindowMs / timeScale,
  };
  const databaseUrl = await freshDatabase();
  const redisUrl = await freshRedis();
  const start = (settings?: Partial<WriterSettings>) => startReplica(world, databaseUrl, redisUrl, limits, settings);
  const merging = await start({ runs: 0 });
  const replicas: Awaited<ReturnType<typeof start>>[] = [merging];
  try {
    await fill(merging.bus, merging.database, groups);
    // an unknown bucket starts empty; the bound is reckoned from a full one
    await eventually(async () => (await merging.budget.state(TENANT)).writes >= limits.writes, {
      deadline: 2 * limits.writeWindowMs + 10_000,
      interval: 100,
      what: 'a full bucket',
    });
    replicas.push(...(await Promise.all([1, 2, 3].map(() => start()))));
    const ended = await eventually(
      async () => {
        const now = await total(merging.database);
        return now?.runs === groups ? now : undefined;
      },
      { deadline: 30 * 60_000, interval: 500, what: 'every run to end' },
    );
    const seconds = ended.seconds * timeScale;
    const result = await measure(world, 'Collection Sync, 3 replicas', groups, share, seconds);
    return { ...result, untold: groups * (WORK.adds + WORK.removes) - ended.told + Math.abs(ended.unaccounted) };
  } finally {
    await Promise.all(replicas.map((replica) => replica.close()));
  }
};
