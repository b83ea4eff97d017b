import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

it('doubles with each failure up to its limit, and leaves half of the wait to chance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 500 }), (failures, firstMs) => {
      const maxMs = 30_000;
      const whole = Math.min(maxMs, firstMs * 2 ** (failures - 1));
      const wait = backoffMs({ firstMs, maxMs }, failures);
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThanOrEqual(whole);
    }),
  );
});
