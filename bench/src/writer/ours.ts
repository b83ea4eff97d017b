import { randomUUID } from 'node:crypto';
import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
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
import { GraphTenants } from '@collection-sync/graph';
import { Health, Metrics, silentLogger } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis, RedisBudget, RedisLeases } from '@collection-sync/redis';
import { eventually, freshDatabase, freshRedis } from '@collection-sync/testing';
import { startWriter } from '@collection-sync/writer';
import { ADDS, groupId, KEPT, measure, TENANT, WORK, type Result, type World } from './world.js';

const COLLECTION = 'ABC00014';

/** One replica: its own pool and Redis connection; the first has the bus that the content comes by. */
const startReplica = async (world: World, databaseUrl: string, redisUrl: string, limits: BudgetLimits) => {
  const graph = new GraphTenants([
    { tenant: TENANT, baseUrl: world.addresses.graphUrl, credential: { kind: 'static-token', token: 'bench' } },
  ]);
  const database = new Database({ url: databaseUrl, schema: 'writer', application: 'bench', max: 16 });
  const redis = connectRedis({ url: redisUrl });
  await redis.ready;
  const budget = new RedisBudget(redis, () => limits);
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: silentLogger() });
  const service = await startWriter({
    database,
    bus,
    graph,
    leases: new RedisLeases(redis),
    budget,
    log: silentLogger(),
    health: new Health(),
    metrics: new Metrics('writer'),
  });
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
  const first = await startReplica(world, databaseUrl, redisUrl, limits);
  const others = await Promise.all([1, 2].map(() => startReplica(world, databaseUrl, redisUrl, limits)));
  try {
    // an unknown bucket starts empty; the bound is reckoned from a full one
    await eventually(async () => (await first.budget.state(TENANT)).writes >= limits.writes, {
      deadline: 2 * limits.writeWindowMs + 10_000,
      interval: 100,
      what: 'a full bucket',
    });
    const readAt = new Date().toISOString();
    for (let n = 1; n <= groups; n += 1) {
      const target = targetOf(TENANT, groupId(n));
      const about = {
        target,
        tenant: TENANT,
        group: groupId(n),
        collection: COLLECTION,
        collectionType: 'device' as const,
      };
      const mapping = {
        ...about,
        groupName: `Bench${n}`,
        state: 'active' as const,
        policy: policy.parse({ guard: { maxShare: 1 } }),
        schedule: schedule.parse({ kind: 'manual' }),
        version: n,
        activated: n,
        changedAt: readAt,
      };
      await first.bus.publisher.publish([encodeEvent(TOPICS.mapping, mapping, 'bench')]);
      const transfer = {
        ...about,
        transfer: randomUUID(),
        mode: 'full' as const,
        content: 'complete' as const,
        from: 0,
        to: 1,
        readAt,
        activated: n,
      };
      const members = [...ADDS, ...KEPT].map((object, at) => ({
        resource: at,
        kind: 'device' as const,
        name: `B${at}`,
        object,
      }));
      for await (const { items, index, last } of chunked(members)) {
        const chunk = { ...transfer, chunk: index, last, reason: `activated:${n}`, adds: items, removes: [] };
        await first.bus.publisher.publish([encodeEvent(TOPICS.membershipChange, chunk, 'bench')]);
      }
    }
    const ended = () =>
      first.database.query<{ runs: number; seconds: number; told: number; unaccounted: number }>(
        `select count(*) filter (where ended_at is not null) as runs,
           extract(epoch from max(ended_at) - min(started_at))::float8 as seconds,
           coalesce(sum(applied + removed + failed), 0)::bigint as told,
           coalesce(sum(planned + joined - applied - removed - failed - held - superseded - unanswered - not_needed - stopped), 0)::bigint
             as unaccounted
         from run where kind = 'full'`,
      );
    const [total] = await eventually(
      async () => {
        const rows = await ended();
        return rows[0]?.runs === groups ? rows : undefined;
      },
      { deadline: 30 * 60_000, interval: 500, what: 'every run to end' },
    );
    const result = await measure(
      world,
      'Collection Sync, 3 replicas',
      groups,
      share,
      (total?.seconds ?? 0) * timeScale,
    );
    const untold = groups * (WORK.adds + WORK.removes) - (total?.told ?? 0) + Math.abs(total?.unaccounted ?? 0);
    return { ...result, untold };
  } finally {
    await Promise.all([first, ...others].map((replica) => replica.close()));
  }
};
