import { DEFAULT_BUDGET } from '@collection-sync/core';
import { InProcessBudget } from '@collection-sync/redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from '../../test/writer-harness.js';

const SCALE = 15;
const QUOTA = 300;

let h: Harness;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 2_000,
    simulator: { timeScale: SCALE, graph: { writeQuota: QUOTA, patchWriteCost: 'third', retryAfter: 'decimal' } },
  });
});

afterAll(() => h.close());

describe('a tenant where a PATCH costs more than documented', () => {
  it('is found out by what Graph says and remembered, and every member still arrives', async () => {
    const limits = { ...DEFAULT_BUDGET, writes: QUOTA, writeWindowMs: 150_000 / SCALE, unitWindowMs: 10_000 / SCALE };
    const budget = new InProcessBudget(() => limits);
    h.spendFrom(budget);
    const mapping = await h.map();
    await h.first(mapping, many(1, 800), { chunk: 0, last: true });
    await h.converge();
    const second = await h.content(mapping, { content: 'complete', adds: many(1, 1_600) });
    await h.converge();
    expect(second.adds).toHaveLength(1_600);
    expect(await h.members()).toEqual(many(1, 1_600));
    const completed = (await h.events()).flatMap((one) => (one.event === 'completed' ? [one.counts] : []));
    expect(completed.map(({ unaccounted }) => unaccounted)).toEqual(completed.map(() => 0));
    const throttled = completed.reduce((sum, counts) => sum + counts.throttled, 0);
    const writes = completed.reduce((sum, counts) => sum + counts.writes, 0);
    const { patchWeight } = await budget.state(mapping.tenant);
    expect({ patchWeight, throttled }).toSatisfy(() => patchWeight > 1 || throttled === 0);
    expect(throttled / writes).toBeLessThan(0.5);
  }, 120_000);
});
