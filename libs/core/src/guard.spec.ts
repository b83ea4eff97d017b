import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRemovals, type GuardInput } from './guard.js';
import { DEFAULT_POLICY } from './policy.js';

const policy = DEFAULT_POLICY.guard;
const quiet: GuardInput = { removals: 0, pending: 0, left: 0, members: 1_000, staying: 1_000 };

describe('judgeRemovals', () => {
  it.each([
    ['nothing to remove', {}, false, undefined],
    ['a few of many', { removals: 10, staying: 990 }, false, undefined],
    ['exactly a quarter', { removals: 250, staying: 750 }, false, undefined],
    ['one more than a quarter', { removals: 251, staying: 749 }, true, 'maxShare'],
    ['one more than 500 of a large group', { removals: 501, members: 100_000, staying: 99_499 }, true, 'maxRemovals'],
    ['exactly 500 of a large group', { removals: 500, members: 100_000, staying: 99_500 }, false, undefined],
    ['most of a small group', { removals: 40, members: 49, staying: 9 }, false, undefined],
    ['emptying ten', { removals: 10, members: 10, staying: 0 }, true, 'emptying'],
    ['emptying nine', { removals: 9, members: 9, staying: 0 }, false, undefined],
    [
      'the last of a group that lost the rest today',
      { removals: 1, members: 1, left: 9, staying: 0 },
      true,
      'emptying',
    ],
    ['a drip: 240 left today, 11 more', { removals: 11, members: 760, left: 240, staying: 749 }, true, 'maxShare'],
    ['what is already pending counts', { removals: 1, pending: 250, staying: 749 }, true, 'maxShare'],
  ] as const)('%s', (_name, change, held, limit) => {
    const verdict = judgeRemovals(policy, { ...quiet, ...change });
    expect({ held: verdict.held, limit: verdict.limit }).toEqual({ held, limit });
  });

  const input = fc.record({
    removals: fc.integer({ min: 0, max: 2_000 }),
    pending: fc.integer({ min: 0, max: 2_000 }),
    left: fc.integer({ min: 0, max: 2_000 }),
    members: fc.integer({ min: 0, max: 5_000 }),
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
            if (!judgeRemovals(policy, { removals, pending: 0, left, members, staying: members - removals }).held)
              left += removals;
          }
          expect(left).toBeLessThanOrEqual(Math.min(policy.maxRemovals, Math.floor(size * policy.maxShare)));
        },
      ),
    );
  });
});
