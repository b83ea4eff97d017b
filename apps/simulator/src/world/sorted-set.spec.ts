import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedSet } from './sorted-set.js';

const value = fc.integer({ min: 0, max: 60 });
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), value }),
  fc.record({ do: fc.constant('delete' as const), value }),
  fc.record({ do: fc.constant('addAll' as const), values: fc.array(value) }),
);

describe('SortedSet', () => {
  it('is a set in ascending order, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const set = new SortedSet(2);
        const model = new Set<number>();
        for (const taken of steps) {
          if (taken.do === 'addAll') {
            set.addAll(taken.values);
            for (const one of taken.values) model.add(one);
          } else {
            const changed = taken.do === 'add' ? !model.has(taken.value) : model.has(taken.value);
            expect(set[taken.do](taken.value)).toBe(changed);
            model[taken.do](taken.value);
          }
        }
        const expected = [...model].sort((a, b) => a - b);
        expect([...set]).toEqual(expected);
        expect(set.size).toBe(expected.length);
        for (let n = 0; n <= 60; n += 1) {
          expect(set.has(n)).toBe(model.has(n));
          expect(set.indexAfter(n)).toBe(expected.filter((one) => one <= n).length);
        }
      }),
    );
  });
});
