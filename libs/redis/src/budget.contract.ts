import { DEFAULT_BUDGET, type Budget, type BudgetLimits, type TrafficClass } from '@collection-sync/core';
import { beforeEach, describe, expect, it } from 'vitest';

export interface BudgetBench {
  /** a budget on a clock that stands still until it is moved */
  budget: Budget;
  elapse: (ms: number) => void;
}

let tenants = 0;

/** What every Budget does. */
export const budgetContract = (open: (limits: BudgetLimits) => BudgetBench): void => {
  let budget: Budget;
  let elapse: (ms: number) => void;
  let tenant: string;

  const use = (limits: Partial<BudgetLimits> = {}) => ({ budget, elapse } = open({ ...DEFAULT_BUDGET, ...limits }));
  const ask = (ticket: string, writes = 20, trafficClass: TrafficClass = 'bulk', units = writes) =>
    budget.ask(tenant, trafficClass, ticket, { writes, units });
  /** A full bucket. */
  const fill = async () => {
    await budget.state(tenant);
    elapse(150_000);
  };
  /** Takes what is there, so that others must wait. */
  const drain = async () => {
    const { writes } = await budget.state(tenant);
    if (writes >= 1) expect(await ask('drain', Math.floor(writes), 'interactive', 1)).toBe(0);
  };

  beforeEach(() => {
    tenant = `tenant-${(tenants += 1)}`;
    use();
  });

  describe('the bucket', () => {
    it('starts empty when it is unknown, and fills at 20 writes a second up to 3,000', async () => {
      expect(await budget.state(tenant)).toEqual({
        writes: 0,
        units: 0,
        queued: 0,
        patchWeight: 1,
        blockedMs: 0,
        throttled: 0,
      });
      elapse(10_000);
      expect((await budget.state(tenant)).writes).toBeCloseTo(200);
      expect((await budget.state(tenant)).units).toBeCloseTo(3_500);
      elapse(10_000_000);
      expect((await budget.state(tenant)).writes).toBeCloseTo(3_000);
    });

    it('says how long to wait, and that is the truth', async () => {
      const wait = await ask('a', 20, 'interactive');
      expect(wait).toBe(1_000);
      elapse(wait - 1);
      expect(await ask('a', 20, 'interactive')).toBeGreaterThan(0);
      elapse(20);
      expect(await ask('a', 20, 'interactive')).toBe(0);
    });

    it('never tells anybody to wait so long that the place is lost', async () => {
      use({ writes: 10, writeWindowMs: 3_600_000 });
      expect(await ask('a', 10, 'interactive')).toBe(5_000);
    });

    it('holds up what needs resource units that are not there', async () => {
      await fill();
      expect(await ask('reader', 0, 'interactive', 3_400)).toBe(0);
      expect(await ask('a', 20, 'interactive', 450)).toBe(1_000);
    });

    it('keeps the tenants apart', async () => {
      await fill();
      await drain();
      const other = tenant;
      tenant = `${tenant}-other`;
      await fill();
      expect(await ask('a', 3_000, 'interactive')).toBe(0);
      expect((await budget.state(other)).writes).toBeGreaterThan(0);
    });

    it('leaves the reserve to other programs', async () => {
      use({ reserve: 0.5 });
      await fill();
      expect((await budget.state(tenant)).writes).toBeCloseTo(1_500);
      await drain();
      elapse(1_000);
      expect((await budget.state(tenant)).writes).toBeCloseTo(10);
    });

    it('grants what is larger than the bucket when it is full, as a debt', async () => {
      use({ writes: 30, writeWindowMs: 30_000 });
      await budget.state(tenant);
      elapse(29_000);
      expect(await ask('a', 50)).toBeGreaterThan(0);
      elapse(1_000);
      expect(await ask('a', 50)).toBe(0);
      expect((await budget.state(tenant)).writes).toBeCloseTo(-20);
      expect(await ask('b', 1, 'interactive')).toBe(5_000);
    });
  });

  describe('a class of traffic', () => {
    it('is first come, first served', async () => {
      await ask('a');
      await ask('b', 1);
      elapse(10_000);
      expect(await ask('b', 1)).toBeGreaterThan(0);
      expect(await ask('a')).toBe(0);
      expect(await ask('b', 1)).toBe(0);
    });

    it('tells a ticket to wait for those before it too', async () => {
      await ask('a', 20, 'interactive');
      expect(await ask('b', 20, 'interactive')).toBe(2_000);
      expect(await ask('c', 20, 'interactive')).toBe(3_000);
      expect(await ask('a', 20, 'interactive')).toBe(1_000);
    });

    it('forgets a ticket that was silent for more than 10 s', async () => {
      await ask('silent', 20, 'interactive');
      elapse(10_000);
      expect(await ask('b', 20, 'interactive')).toBeGreaterThan(0);
      elapse(1);
      expect(await ask('b', 20, 'interactive')).toBe(0);
    });

    it('forgets a ticket that was given up', async () => {
      await ask('a', 20, 'interactive');
      elapse(9_000);
      expect(await ask('b', 20, 'interactive')).toBeGreaterThan(0);
      await budget.forget(tenant, 'interactive', 'a');
      expect(await ask('b', 20, 'interactive')).toBe(0);
    });

    it('serves a ticket once', async () => {
      await fill();
      expect(await ask('a')).toBe(0);
      expect(await ask('a')).toBe(0);
      expect((await budget.state(tenant)).writes).toBeCloseTo(2_960);
    });
  });

  describe('bulk', () => {
    it('leaves nothing with its first batch into an unknown bucket, which shows how full it is', async () => {
      await budget.state(tenant);
      elapse(1_000);
      expect(await ask('bulk')).toBe(0);
      elapse(1_000);
      expect(await ask('bulk')).toBe(5_000);
    });

    it('takes only what leaves 100 writes', async () => {
      await budget.state(tenant);
      elapse(1_000);
      await ask('bulk');
      elapse(5_900);
      expect(await ask('bulk')).toBe(100);
      expect(await ask('quick', 20, 'interactive')).toBe(0);
      elapse(1_100);
      expect(await ask('bulk')).toBe(0);
    });

    it('waits while anybody interactive waits', async () => {
      await ask('quick', 200, 'interactive');
      elapse(9_000);
      await ask('quick', 200, 'interactive');
      expect(await ask('bulk')).toBeGreaterThan(0);
      elapse(1_000);
      expect(await ask('quick', 200, 'interactive')).toBe(0);
      elapse(6_000);
      expect(await ask('bulk')).toBe(0);
    });

    it('gets its turn in a bucket too small to leave 100', async () => {
      use({ writes: 40, writeWindowMs: 2_000 });
      await ask('bulk');
      elapse(2_000);
      expect(await ask('bulk')).toBe(0);
    });
  });

  describe('reads', () => {
    it('do not queue behind writes, and leave resource units to them', async () => {
      await ask('writer', 3_000, 'bulk', 20);
      elapse(2_000);
      expect(await ask('reader', 0, 'bulk', 500)).toBe(0);
      expect(await ask('reader', 0, 'bulk', 1)).toBeGreaterThan(0);
      expect(await ask('reader', 0, 'interactive', 50)).toBe(0);
      expect(await ask('quick', 20, 'interactive')).toBe(0);
    });
  });

  describe('feedback', () => {
    it('below 80 % changes nothing', async () => {
      await fill();
      await budget.feedback(tenant, { percentage: 0.79 });
      await budget.feedback(tenant, {});
      expect(await budget.state(tenant)).toMatchObject({ writes: 3_000, throttled: 0 });
    });

    it('of first writes answered without a percentage finds a fifth free, but for what is booked; later ones say nothing new', async () => {
      await budget.state(tenant);
      elapse(2_000);
      expect([await ask('a'), await ask('b', 20, 'interactive')]).toEqual([0, 0]);
      await budget.feedback(tenant, { quiet: true });
      expect((await budget.state(tenant)).writes).toBeCloseTo(560);
      await drain();
      await budget.feedback(tenant, { quiet: true });
      expect((await budget.state(tenant)).writes).toBeCloseTo(0);
    });

    it('of a percentage or a 429 finds nothing free that is not known to be', async () => {
      await ask('a', 20, 'interactive');
      await budget.feedback(tenant, { percentage: 0.8 });
      await budget.feedback(tenant, { quiet: true });
      expect((await budget.state(tenant)).writes).toBeCloseTo(0);
    });

    it.each([
      [0.8, 900],
      [0.9, 600],
      [1.0, 300],
      [1.1, 0],
      [1.8, 0],
    ])('of %d leaves at most %d of a bucket believed full', async (percentage, left) => {
      await fill();
      await budget.feedback(tenant, { percentage });
      expect((await budget.state(tenant)).writes).toBeCloseTo(left);
    });

    it('of 100 % does not slow what already goes at the documented pace', async () => {
      for (let second = 0; second < 30; second += 1) {
        await ask('steady', 20, 'interactive');
        elapse(1_000);
        expect(await ask('steady', 20, 'interactive')).toBe(0);
        await budget.feedback(tenant, { percentage: 1 });
      }
    });

    it('past 100 % slows the refill, which wears off', async () => {
      await fill();
      await budget.feedback(tenant, { percentage: 1.25 });
      elapse(1_000);
      expect((await budget.state(tenant)).writes).toBeCloseTo(16);
      elapse(150_000);
      const { writes } = await budget.state(tenant);
      await ask('a', Math.floor(writes), 'interactive', 1);
      const before = (await budget.state(tenant)).writes;
      elapse(1_000);
      expect((await budget.state(tenant)).writes - before).toBeCloseTo(20);
    });

    it('of a 429 blocks every class until Retry-After, and the bucket is empty then', async () => {
      await fill();
      await budget.feedback(tenant, { retryAfterMs: 2_128.5, throttledParts: 3 });
      expect(await budget.state(tenant)).toMatchObject({ writes: 0, blockedMs: 2_128.5, throttled: 3 });
      expect(await ask('a', 1, 'interactive')).toBe(2_179);
      expect(await ask('r', 0, 'interactive', 0)).toBeGreaterThan(2_000);
      elapse(2_129);
      expect(await ask('a', 1, 'interactive')).toBeGreaterThan(0);
      elapse(50);
      expect(await ask('a', 1, 'interactive')).toBe(0);
    });

    it('of a shorter Retry-After does not shorten the block', async () => {
      await budget.feedback(tenant, { retryAfterMs: 10_000 });
      await budget.feedback(tenant, { retryAfterMs: 1_000 });
      expect((await budget.state(tenant)).blockedMs).toBe(10_000);
    });

    it('of 429s without Retry-After backs off exponentially, up to the window, once for parallel calls', async () => {
      const waits: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        await budget.feedback(tenant, { throttledParts: 20 });
        await budget.feedback(tenant, { throttledParts: 20 });
        const { blockedMs } = await budget.state(tenant);
        waits.push(blockedMs);
        elapse(blockedMs);
      }
      expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 150_000, 150_000]);
      elapse(150_001);
      await budget.feedback(tenant, { throttledParts: 1 });
      expect((await budget.state(tenant)).blockedMs).toBe(5_000);
    });

    it('does not believe a Retry-After of days', async () => {
      await budget.feedback(tenant, { retryAfterMs: 86_400_000 });
      expect((await budget.state(tenant)).blockedMs).toBe(900_000);
    });
  });

  describe('the weight of a PATCH', () => {
    const throttle = async (limit?: 'quota' | 'other') => {
      await budget.feedback(tenant, { retryAfterMs: 1_000, throttledParts: 1, ...(limit ? { limit } : {}) });
      elapse(1_000);
      return (await budget.state(tenant)).patchWeight;
    };

    it('is raised, up to 7, when Graph throttles although the books show room', async () => {
      expect([await throttle(), await throttle('quota'), await throttle(), await throttle()]).toEqual([2, 4, 7, 7]);
    });

    it('stays when the books explain the 429', async () => {
      await fill();
      await drain();
      expect(await throttle()).toBe(1);
    });

    it('stays, and the bucket too, when the 429 names another limit', async () => {
      await fill();
      expect(await throttle('other')).toBe(1);
      expect((await budget.state(tenant)).writes).toBeCloseTo(3_000);
    });

    it('is raised once by calls that were under way together', async () => {
      await budget.feedback(tenant, { retryAfterMs: 1_000 });
      await budget.feedback(tenant, { retryAfterMs: 1_000 });
      expect((await budget.state(tenant)).patchWeight).toBe(2);
    });

    it('is tried one lighter after a quiet hour', async () => {
      await throttle();
      await throttle();
      elapse(3_600_000);
      expect((await budget.state(tenant)).patchWeight).toBe(3);
    });
  });
};
