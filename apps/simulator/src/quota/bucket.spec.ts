import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bucket } from './bucket.js';

describe('Bucket', () => {
  it('token: never lets more through in any span than its capacity plus what was refilled', () => {
    const calls = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 3000 }), units: fc.integer({ min: 1, max: 5 }) }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(calls, (made) => {
        const bucket = new Bucket(20, 10_000, 'token', 0);
        let now = 0;
        let taken = 0;
        for (const { after, units } of made) {
          now += after;
          if (!bucket.has(units, now)) continue;
          bucket.take(units, now);
          taken += units;
          expect(taken).toBeLessThanOrEqual(20 + (now * 20) / 10_000 + 1e-6);
        }
      }),
    );
  });

  it('waits exactly until enough is there', () => {
    const bucket = new Bucket(10, 1000, 'token', 0);
    bucket.take(10, 0);
    expect(bucket.waitFor(3, 0)).toBe(300);
    expect(bucket.has(3, 299)).toBe(false);
    expect(bucket.has(3, 300)).toBe(true);
  });

  it('window: is whole again when the period ends, not before', () => {
    const bucket = new Bucket(10, 1000, 'window', 0);
    bucket.take(10, 100);
    expect(bucket.has(1, 999)).toBe(false);
    expect(bucket.waitFor(1, 600)).toBe(400);
    expect(bucket.has(10, 1000)).toBe(true);
  });

  it('a debt is bounded by the capacity', () => {
    const bucket = new Bucket(10, 1000, 'token', 0);
    for (let n = 0; n < 100; n += 1) bucket.take(1, 0);
    expect(bucket.used(0)).toBe(2);
    expect(bucket.has(1, 1200)).toBe(true);
  });
});
