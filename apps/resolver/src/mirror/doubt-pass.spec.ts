import { describe, expect, it } from 'vitest';
import type { PassCounts } from '../store/objects.js';
import { doubtPass } from './doubt-pass.js';

const pass = (fields: Partial<PassCounts>): PassCounts => ({
  ready: true,
  doubtedBefore: false,
  present: 1_000,
  listed: 1_000,
  missing: 0,
  leftOut: 0,
  ...fields,
});

describe('doubtPass', () => {
  it.each<[string, Partial<PassCounts>]>([
    ['that lost nothing', {}],
    ['that lost as much as the limit', { listed: 900, missing: 100 }],
    ['of a small mirror that lost a few', { present: 12, listed: 2, missing: 10 }],
    ['that lost what the doubted one had lost too', { doubtedBefore: true, listed: 100, missing: 0 }],
    ['that is the first, after one that was given up', { ready: false, listed: 300, missing: 700 }],
    ['that is the second to leave a row out', { ready: false, doubtedBefore: true, leftOut: 1 }],
    [
      'that is the second to find a directory without objects',
      { ready: false, doubtedBefore: true, present: 0, listed: 0 },
    ],
  ])('believes a pass %s', (_, counts) => {
    expect(doubtPass('device', pass(counts))).toBeUndefined();
  });

  it.each<[string, Partial<PassCounts>, RegExp]>([
    ['that lost more than the limit', { listed: 899, missing: 101 }, /899 devices; 101 of the 1000/],
    ['of a small mirror that lost most', { present: 12, listed: 1, missing: 11 }, /11 of the 12/],
    ['that lost what the doubted one had listed', { doubtedBefore: true, listed: 500, missing: 400 }, /400/],
    ['without one object', { present: 1, listed: 0, missing: 1 }, /no devices at all/],
    ['without one object, again', { doubtedBefore: true, listed: 0, missing: 0 }, /no devices at all/],
    ['that is the first and leaves a row out', { ready: false, leftOut: 2 }, /2 devices that cannot be read/],
    ['that is the first and finds nothing', { ready: false, present: 0, listed: 0 }, /no devices at all/],
  ])('doubts a pass %s', (_, counts, why) => {
    expect(doubtPass('device', pass(counts))).toMatch(why);
  });
});
