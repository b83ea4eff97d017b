import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTransfer } from './judge-transfer.js';

const version = fc.integer({ min: 0, max: 6 });
const target = fc.record({
  state: fc.constantFrom(
    'active' as const,
    'paused' as const,
    'deleting' as const,
    'deleted' as const,
    'unmapped' as const,
  ),
  collection: fc.constantFrom('ABC00014', 'ABC00015'),
  activated: version,
  merged: version,
});
const transfer = fc
  .record({
    content: fc.constantFrom('delta' as const, 'complete' as const),
    collection: fc.constantFrom('ABC00014', 'ABC00015'),
    activated: version,
    from: version,
    to: version,
  })
  .filter(({ content, from, to }) => content === 'complete' || to > from);

describe('judgeTransfer', () => {
  it('never goes back, and never over a gap', () => {
    fc.assert(
      fc.property(target, transfer, (at, given) => {
        const verdict = judgeTransfer(at, given);
        if (verdict !== 'merge') return;
        expect(given.activated).toBe(at.activated);
        expect(given.collection).toBe(at.collection);
        expect(given.to).toBeGreaterThanOrEqual(at.merged);
        if (given.content === 'delta') expect(given.from).toBe(at.merged);
      }),
      // few of them fit on each other in all that a merge needs
      { numRuns: 10_000 },
    );
  });

  it('merges a chain of deltas in any order of arrival only as a chain', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1 }), (order) => {
        const at = { state: 'active' as const, collection: 'ABC00014', activated: 1, merged: 1 };
        for (const from of order) {
          const given = { content: 'delta' as const, collection: 'ABC00014', activated: 1, from, to: from + 1 };
          const verdict = judgeTransfer(at, given);
          expect(verdict).toBe(from === at.merged ? 'merge' : from + 1 === at.merged ? 'known' : 'missing');
          if (verdict === 'merge') at.merged = given.to;
        }
      }),
    );
  });
});
