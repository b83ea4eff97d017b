import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRemovals, type GuardInput } from './guard.js';
import { DEFAULT_POLICY } from './policy.js';

const policy = DEFAULT_POLICY.guard;
const quiet: GuardInput = { removals: 0, pending: 0, left: 0, size: 1_000, perhaps: 0, staying: 1_000 };

describe('judgeRemovals', () => {
  it.each([
    ['nothing to remove', {}, false, undefined],
    ['a few of many', { removals: 10, staying: 990 }, false, undefined],
    ['exactly a quarter', { removals: 250, staying: 750 }, false, undefined],
    ['one more than a quarter', { removals: 251, staying: 749 }, true, 'maxShare'],
    ['one more than 500 of a large group', { removals: 501, size: 100_000, staying: 99_499 }, true, 'maxRemovals'],
    ['exactly 500 of a large group', { removals: 500, size: 100_000, staying: 99_500 }, false, undefined],
    ['most of a small group', { removals: 40, size: 49, staying: 9 }, false, undefined],
    ['emptying ten', { removals: 10, size: 10, staying: 0 }, true, 'emptying'],
    ['emptying two', { removals: 2, size: 2, staying: 0 }, true, 'emptying'],
    ['one of two', { removals: 1, size: 2, staying: 1 }, false, undefined],
    ['the only one', { removals: 1, size: 1, staying: 0 }, false, undefined],
    ['the last of a group that lost the rest today', { removals: 1, left: 9, size: 10, staying: 0 }, true, 'emptying'],
    [
      'the last of a group of two, if the other one perhaps is there still',
      { removals: 1, size: 1, perhaps: 1, staying: 0 },
      true,
      'emptying',
    ],
    ['a drip: 240 left today, 11 more', { removals: 11, size: 1_000, left: 240, staying: 749 }, true, 'maxShare'],
    ['what is already pending counts', { removals: 1, pending: 250, staying: 749 }, true, 'maxShare'],
  ] as const)('%s', (_name, change, held, limit) => {
    const verdict = judgeRemovals(policy, { ...quiet, ...change });
    expect({ held: verdict.held, limit: verdict.limit }).toEqual({ held, limit });
  });

  it('has no limit by share at 1, although who is perhaps there is counted beside the members', () => {
    const all = { ...quiet, removals: 150, pending: 50, size: 100, staying: 1 };
    expect(judgeRemovals({ ...policy, maxShare: 1 }, all)).toMatchObject({ held: false, margin: 300 });
  });

  const input = fc.record({
    removals: fc.integer({ min: 0, max: 2_000 }),
    pending: fc.integer({ min: 0, max: 2_000 }),
    left: fc.integer({ min: 0, max: 2_000 }),
    size: fc.integer({ min: 0, max: 5_000 }),
    perhaps: fc.integer({ min: 0, max: 50 }),
    staying: fc.integer({ min: 0, max: 5_000 }),
  });

  it('never holds more for fewer removals', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 100 }), (one, more) => {
        const fewer = judgeRemovals(policy, one);
        const many = judgeRemovals(policy, { ...one, removals: one.removals + more });
        expect(fewer.held && !many.held && one.removals > 0).toBe(false);
      }),
    );
  });

  it('states a margin that is exact: so many more pass, one more is held', () => {
    fc.assert(
      fc.property(input, (one) => {
        const staying = 1;
        const verdict = judgeRemovals(policy, { ...one, staying });
        fc.pre(!verdict.held && one.removals > 0);
        const at = judgeRemovals(policy, { ...one, staying, removals: one.removals + verdict.margin });
        const beyond = judgeRemovals(policy, { ...one, staying, removals: one.removals + verdict.margin + 1 });
        expect([at.held, beyond.held]).toEqual([false, true]);
      }),
    );
  });

  it('cannot be passed by dripping: whatever the steps, no more leave in a day than the limit allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 5_000 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 40 }),
        (size, steps) => {
          let left = 0;
          for (const removals of steps) {
            const members = size - left;
            if (removals > members) continue;
            const staying = members - removals;
            if (!judgeRemovals(policy, { removals, pending: 0, left, size, perhaps: 0, staying }).held)
              left += removals;
          }
          expect(left).toBeLessThanOrEqual(Math.min(policy.maxRemovals, Math.floor(size * policy.maxShare)));
        },
      ),
    );
  });
});
