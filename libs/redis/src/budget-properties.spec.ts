import { BULK_LEAVES, DEFAULT_BUDGET, type BudgetLimits, type TrafficClass } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FREE_WHEN_QUIET } from './budget-rules.js';
import { InProcessBudget } from './in-process-budget.js';

const LIMITS: BudgetLimits = {
  ...DEFAULT_BUDGET,
  writes: 600,
  writeWindowMs: 30_000,
  units: 3_500,
  unitWindowMs: 10_000,
};
const WRITES_PER_MS = LIMITS.writes / LIMITS.writeWindowMs;

interface Client {
  readonly trafficClass: TrafficClass;
  /** writes of its batches, one after the other */
  readonly batches: readonly number[];
  readonly startsAt: number;
}

interface Grant {
  readonly client: number;
  readonly trafficClass: TrafficClass;
  readonly at: number;
  readonly asked: number;
  readonly writes: number;
}

/**
 * Clients that ask when they are told to, one ticket per batch, from a bucket that holds `full` of its size; `quiet`: Graph answers each
 * batch without a word of the quota.
 */
const play = async (clients: readonly Client[], untilMs: number, full = 0, quiet = false): Promise<Grant[]> => {
  let now = 0;
  const budget = new InProcessBudget(
    () => LIMITS,
    () => now,
  );
  await budget.state('t');
  now = full * LIMITS.writeWindowMs;
  const began = now;
  const agenda = clients.map(({ startsAt }, client) => ({
    client,
    batch: 0,
    asked: startsAt + began,
    due: startsAt + began,
  }));
  const grants: Grant[] = [];
  for (;;) {
    const next = agenda
      .filter(({ client, batch }) => batch < (clients[client]?.batches.length ?? 0))
      .reduce<(typeof agenda)[number] | undefined>(
        (first, one) => (first && first.due <= one.due ? first : one),
        undefined,
      );
    if (!next || next.due > began + untilMs)
      return grants.map((one) => ({ ...one, at: one.at - began, asked: one.asked - began }));
    now = next.due;
    const { trafficClass, batches } = clients[next.client] as Client;
    const writes = batches[next.batch] ?? 0;
    const wait = await budget.ask('t', trafficClass, `${next.client}/${next.batch}`, { writes, units: writes });
    expect(Number.isInteger(wait) && wait >= 0 && wait <= 5_000).toBe(true);
    next.due = now + wait;
    if (wait > 0) continue;
    if (quiet) await budget.feedback('t', { quiet });
    grants.push({ client: next.client, trafficClass, at: now, asked: next.asked, writes });
    next.batch += 1;
    next.asked = now;
  }
};

const total = (grants: readonly Grant[]): number => grants.reduce((sum, { writes }) => sum + writes, 0);

const batches = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });
const client = fc.record({
  trafficClass: fc.constantFrom<TrafficClass>('interactive', 'bulk'),
  batches,
  startsAt: fc.integer({ min: 0, max: 20_000 }),
});

describe('any crowd of clients', () => {
  it('never gets more than the bucket and its refill, in any window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(client, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (clients, full) => {
          const grants = await play(clients, 60_000, full);
          const slack = 1e-3;
          grants.forEach((first, from) => {
            let sum = 0;
            for (const grant of grants.slice(from)) {
              sum += grant.writes;
              expect(sum).toBeLessThanOrEqual(LIMITS.writes + (grant.at - first.at) * WRITES_PER_MS + slack);
            }
          });
          // what a window began with was there, and no more: an unknown bucket starts empty
          expect(total(grants)).toBeLessThanOrEqual(
            full * LIMITS.writes + (grants.at(-1)?.at ?? 0) * WRITES_PER_MS + slack,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gets no more than the fifth that is known to be free, and its refill, from a bucket that nobody knew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(client, { minLength: 1, maxLength: 6 }), async (clients) => {
        const grants = await play(clients, 60_000, 0, true);
        for (const [at, grant] of grants.entries()) {
          const bound = FREE_WHEN_QUIET * LIMITS.writes + grant.at * WRITES_PER_MS + 1e-3;
          expect(total(grants.slice(0, at + 1))).toBeLessThanOrEqual(bound);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is served in the order of arrival within its class', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(client, { minLength: 2, maxLength: 6 }), async (clients) => {
        const grants = await play(clients, 120_000);
        for (const trafficClass of ['interactive', 'bulk']) {
          const asked = grants.filter((grant) => grant.trafficClass === trafficClass).map((grant) => grant.asked);
          expect(asked).toEqual([...asked].sort((a, b) => a - b));
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each<[TrafficClass, number]>([
    ['bulk', BULK_LEAVES],
    ['interactive', 0],
  ])('with enough %s traffic alone uses all but what its class leaves', async (trafficClass, leaves) => {
    const busy = fc
      .integer({ min: 1, max: 50 })
      .map((writes) => ({ trafficClass, startsAt: 0, batches: Array<number>(4_000).fill(writes) }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(busy, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (clients, full) => {
          const time = 60_000;
          const bound = full * LIMITS.writes + time * WRITES_PER_MS;
          const largest = Math.max(...clients.map((one) => one.batches[0] ?? 0));
          // every turn may come up to 2 ms late, since waits are whole milliseconds
          expect(total(await play(clients, time, full))).toBeGreaterThanOrEqual(bound - leaves - largest - 1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keeps a small interactive batch from waiting behind bulk', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: BULK_LEAVES }),
        fc.integer({ min: 7_500, max: 40_000 }),
        async (writes, startsAt) => {
          const bulk = Array.from({ length: 4 }, () => ({
            trafficClass: 'bulk' as const,
            startsAt: 0,
            batches: Array<number>(1_000).fill(20),
          }));
          const grants = await play([...bulk, { trafficClass: 'interactive', startsAt, batches: [writes] }], 60_000);
          const quick = grants.find((grant) => grant.trafficClass === 'interactive');
          expect(quick?.at).toBe(startsAt);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('lets everybody finish in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(client, { minLength: 1, maxLength: 6 }), async (clients) => {
        const wanted = clients.reduce((sum, one) => sum + one.batches.reduce((all, writes) => all + writes, 0), 0);
        const bound = wanted / WRITES_PER_MS;
        expect(total(await play(clients, 20_000 + bound + BULK_LEAVES / WRITES_PER_MS + 10_000))).toBe(wanted);
      }),
      { numRuns: 100 },
    );
  });
});
