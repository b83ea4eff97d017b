import { randomUUID } from 'node:crypto';
import { InProcessBus, MemoryCompactedStore, type Bus } from '@collection-sync/bus';
import {
  chunked,
  DEFAULT_BUDGET,
  DEFAULT_TENANT_BUDGET,
  encodeEvent,
  isTenantAccount,
  policy,
  schedule,
  targetOf,
  tenantAccount,
  TOPICS,
  type Account,
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

const byToken = (n: number) => ({ kind: 'static-token', token: `bench-${n}` }) as const;
const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

/** One replica: its own pool, Redis connection and bus. */
const startReplica = async (
  world: World,
  databaseUrl: string,
  redisUrl: string,
  applications: number,
  limitsOf: (account: Account) => BudgetLimits,
  clock: () => number,
  settings: Partial<WriterSettings> = {},
) => {
  const tenants = new GraphTenants([
    {
      tenant: TENANT,
      baseUrl: world.simulator.addresses.graphUrl,
      credential: byToken(1),
      writers: range(1, applications).map(byToken),
    },
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
  const budget = new RedisBudget(redis, limitsOf, clock);
  const graph = new MeteredGraph(tenants, budget);
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: silentLogger() });
  const leases = new RedisLeases(redis);
  const given = { ...DEFAULT_SETTINGS, ...settings };
  const service = await writer
    .with({ database, bus, graph, leases, budget, settings: given, http: undefined })
    .start(silentLogger(), { metrics: new Metrics('writer') });
  return {
    bus,
    accounts: [...graph.writers(TENANT).map(({ account }) => account), tenantAccount(TENANT)],
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
    deadline: 600_000,
    interval: 100,
    what: 'every group to be due',
  });
};

interface Total {
  runs: number;
  /** until the last write was answered: a run then waits some seconds for objects that Graph does not know yet, which takes no write */
  seconds: number;
  reported: number;
  unaccounted: number;
}

const total = async (database: Database): Promise<Total | undefined> =>
  (
    await database.query<Total>(
      `select count(*) filter (where ended_at is not null) as runs,
         extract(epoch from (select max(written_at) from entry) - min(started_at))::float8 as seconds,
         coalesce(sum(applied + removed + failed), 0)::bigint as reported,
         coalesce(sum(planned + joined - applied - removed - failed - held - superseded - unanswered - not_needed - stopped), 0)::bigint
           as unaccounted
       from run where kind = 'full'`,
    )
  )[0];

/** The work by three replicas of the writer, which share PostgreSQL and Redis, from full buckets. */
export const ours = async (world: World, groups: number, applications: number, timeScale: number): Promise<Result> => {
  const limitsOf = (account: Account): BudgetLimits => {
    const limits = isTenantAccount(account) ? DEFAULT_TENANT_BUDGET : DEFAULT_BUDGET;
    return {
      ...limits,
      writeWindowMs: limits.writeWindowMs / timeScale,
      unitWindowMs: limits.unitWindowMs / timeScale,
    };
  };
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const databaseUrl = await freshDatabase();
  const redisUrl = await freshRedis();
  const start = (settings?: Partial<WriterSettings>) =>
    startReplica(world, databaseUrl, redisUrl, applications, limitsOf, clock, settings);
  const merging = await start({ runs: 0 });
  const replicas: Awaited<ReturnType<typeof start>>[] = [merging];
  try {
    await fill(merging.bus, merging.database, groups);
    // an unknown bucket starts empty; the bound is reckoned from full ones
    for (const account of merging.accounts) await merging.budget.state(account);
    ahead = DEFAULT_TENANT_BUDGET.writeWindowMs / timeScale;
    replicas.push(...(await Promise.all([1, 2, 3].map(() => start()))));
    const ended = await eventually(
      async () => {
        const now = await total(merging.database);
        return now?.runs === groups ? now : undefined;
      },
      { deadline: 30 * 60_000, interval: 500, what: 'every run to end' },
    );
    const seconds = ended.seconds * timeScale;
    const name = `Collection Sync, ${applications === 1 ? '3 replicas' : `${applications} applications`}`;
    const result = await measure(world, name, groups, 1, seconds, applications);
    return {
      ...result,
      unreported: groups * (WORK.adds + WORK.removes) - ended.reported + Math.abs(ended.unaccounted),
    };
  } finally {
    await Promise.all(replicas.map((replica) => replica.close()));
  }
};
