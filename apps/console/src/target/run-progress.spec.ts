import { expect, it } from 'vitest';
import { writeBudgetOf } from '../health/write-budget.js';
import { progressOf } from './run-progress.js';

const begin = Date.parse('2026-01-01T00:00:00Z');
const outcomes = { applied: 0, removed: 0, failed: 0, held: 0, superseded: 0, unanswered: 0, notNeeded: 0, stopped: 0 };
const run = (planned: number, adds: number, removes: number, done: Partial<typeof outcomes> = {}) => ({
  adds,
  removes,
  startedAt: new Date(begin).toISOString(),
  counts: { planned, joined: 0, outcomes: { ...outcomes, ...done }, requests: 0, writes: 0, throttled: 0 },
});
const budget = { perSecond: 20, patchWeight: 1, blockedSeconds: 0 };

it('takes no less time than the write budget allows: 20 writes a second, 20 adds a write, one removal a write', () => {
  expect(progressOf(run(8_000, 8_000, 0), budget, begin)).toEqual({
    done: 0,
    total: 8_000,
    atLeast: 20,
    estimate: null,
  });
  expect(progressOf(run(400, 0, 400), budget, begin).atLeast).toBe(20);
  expect(progressOf(run(400, 400, 0), { ...budget, patchWeight: 20, blockedSeconds: 5 }, begin).atLeast).toBe(25);
});

it('takes longer where the installation leaves writes to other programs', () => {
  const half = writeBudgetOf({ figures: { writes: 10, writeLimit: 1_500, writeWindowMs: 150_000, patchWeight: 1 } });
  expect(half).toMatchObject({ left: 10, most: 1_500, perSecond: 10 });
  expect(progressOf(run(400, 0, 400), half, begin).atLeast).toBe(40);
  expect(writeBudgetOf(null)).toMatchObject({ left: 0, most: 3_000, perSecond: 20 });
});

it('goes by the pace once there is one', () => {
  const quarter = run(400, 400, 0, { applied: 100 });
  expect(progressOf(quarter, budget, begin + 2_000).estimate).toBeNull();
  expect(progressOf(quarter, budget, begin + 60_000)).toMatchObject({ done: 100, total: 400, estimate: 180 });
});

it('never promises less than the budget allows', () => {
  const half = run(800, 0, 800, { removed: 400 });
  expect(progressOf(half, budget, begin + 6_000)).toMatchObject({ atLeast: 20, estimate: 20 });
});

it('has nothing left when all is done, and knows what was planned before the first progress', () => {
  expect(progressOf(run(2, 2, 0, { applied: 1, failed: 1 }), budget, begin)).toMatchObject({ done: 2, atLeast: 0 });
  const early = { adds: 30, removes: 10, counts: null, startedAt: new Date(begin).toISOString() };
  expect(progressOf(early, budget, begin)).toMatchObject({ done: 0, total: 40 });
});
