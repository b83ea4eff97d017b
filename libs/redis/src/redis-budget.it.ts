import { DEFAULT_BUDGET, type BudgetLimits, type Feedback, type TrafficClass } from '@collection-sync/core';
import { eventually, freshRedis } from '@collection-sync/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetContract } from './budget.contract.js';
import { connectRedis, type RedisConnection } from './connection.js';
import { InProcessBudget } from './in-process-budget.js';
import { RedisBudget } from './redis-budget.js';

let connection: RedisConnection;

beforeAll(async () => {
  connection = connectRedis({ url: await freshRedis() });
  await connection.ready;
});

afterAll(() => connection.close());

budgetContract((limits) => {
  let now = 1_795_419_655_486;
  return {
    budget: new RedisBudget(
      connection,
      () => limits,
      () => now,
    ),
    elapse: (ms) => void (now += ms),
  };
});

const trafficClass = fc.constantFrom<TrafficClass>('interactive', 'bulk');
const ticket = fc.constantFrom('a', 'b', 'c');
const said: fc.Arbitrary<Feedback> = fc.record(
  {
    percentage: fc.constantFrom(0.5, 0.85, 1, 1.3),
    retryAfterMs: fc.constantFrom(0, 1_500, 40_000),
    throttledParts: fc.nat({ max: 20 }),
    limit: fc.constantFrom('quota' as const, 'other' as const),
    quiet: fc.boolean(),
  },
  { requiredKeys: [] },
);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      trafficClass,
      ticket,
      writes: fc.nat({ max: 60 }),
      units: fc.nat({ max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), trafficClass, ticket }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('feedback' as const), said }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('elapse' as const),
      ms: fc.constantFrom(0, 7, 450, 2_000, 10_001, 200_000, -3_000),
    }),
  },
);

describe('Redis and in-process', () => {
  it('decide the same in any history, also when the clock is set back', async () => {
    let runs = 0;
    const limits: BudgetLimits = { ...DEFAULT_BUDGET, writes: 150, writeWindowMs: 7_500, reserve: 0.1 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let now = 1_795_419_655_486;
        const clock = () => now;
        const tenant = `same-${(runs += 1)}`;
        const redis = new RedisBudget(connection, () => limits, clock);
        const twin = new InProcessBudget(() => limits, clock);
        for (const one of steps) {
          if (one.kind === 'elapse') now += one.ms;
          else if (one.kind === 'forget') {
            for (const budget of [redis, twin]) await budget.forget(tenant, one.trafficClass, one.ticket);
          } else if (one.kind === 'feedback') {
            for (const budget of [redis, twin]) await budget.feedback(tenant, one.said);
          } else {
            const cost = { writes: one.writes, units: one.units };
            const [there, here] = [
              await redis.ask(tenant, one.trafficClass, one.ticket, cost),
              await twin.ask(tenant, one.trafficClass, one.ticket, cost),
            ];
            expect(Math.abs(there - here)).toBeLessThanOrEqual(1);
            expect(there === 0).toBe(here === 0);
          }
        }
        const [there, here] = [await redis.state(tenant), await twin.state(tenant)];
        expect(there.writes).toBeCloseTo(here.writes, 3);
        expect(there.units).toBeCloseTo(here.units, 3);
        expect(there.blockedMs).toBeCloseTo(here.blockedMs, 0);
        expect([there.patchWeight, there.throttled]).toEqual([here.patchWeight, here.throttled]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('replicas', () => {
  it('share one bucket on the clock of Redis', async () => {
    const limits = { ...DEFAULT_BUDGET, writes: 100, writeWindowMs: 1_000 };
    const replicas = [1, 2, 3].map(() => new RedisBudget(connection, () => limits));
    const tenant = 'shared';
    await replicas[0]?.state(tenant);
    await eventually(async () => (await replicas[0]?.state(tenant))?.writes === 100, { what: 'a full bucket' });
    const began = performance.now();
    const granted = await Promise.all(
      replicas.flatMap((budget, replica) =>
        Array.from(
          { length: 40 },
          async (_, n) => (await budget.ask(tenant, 'interactive', `${replica}-${n}`, { writes: 5, units: 1 })) === 0,
        ),
      ),
    );
    const possible = 100 + ((performance.now() - began) / 1_000) * 100;
    expect(granted.filter(Boolean).length * 5).toBeGreaterThanOrEqual(100);
    expect(granted.filter(Boolean).length * 5).toBeLessThanOrEqual(possible);
  });
});
