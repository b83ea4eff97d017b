import { BULK_LEAVES, DEFAULT_BUDGET } from '@collection-sync/core';
import { InProcessBudget } from '@collection-sync/redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Harness } from '../../test/writer-harness.js';

/** the work is 100 PATCHes: 95 % of it */
const QUOTA = 105;

let h: Harness;
beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 2_000,
    simulator: { timeScale: 0.001, graph: { writeQuota: QUOTA, priorityShedding: true } },
  });
});
afterAll(() => h.close());

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

it('a full run uses up the quota without one refusal, where Graph refuses low priority near its end', async () => {
  // the books refill at once, the quota never does
  h.spendFrom(new InProcessBudget(() => ({ ...DEFAULT_BUDGET, writes: QUOTA + BULK_LEAVES, writeWindowMs: 1_000 })));
  const mapping = await h.map();
  await h.first(mapping, many(1, 2_000));
  await h.converge();
  expect(await h.members()).toEqual(many(1, 2_000));
  const patches = (await h.control.journal()).filter(({ face, method }) => face === 'graph' && method === 'PATCH');
  expect(patches.filter(({ status }) => status === 429)).toEqual([]);
  expect(patches).toHaveLength(100);
});
