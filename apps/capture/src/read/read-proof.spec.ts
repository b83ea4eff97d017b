import { describe, expect, it } from 'vitest';
import { incompleteReason, evaluatedMeanwhile, proofOf, timeMayStay, type Pass } from './read-proof.js';

const row = (change: object = {}) => ({
  id: 'ABC00014',
  name: 'Finance',
  comment: '',
  type: 'device' as const,
  count: 3,
  changedAt: new Date('2026-01-01T00:00:00Z'),
  evaluating: false,
  sourceTime: new Date('2026-01-01T00:01:00Z'),
  ...change,
});
const pass = (change: Partial<Pass> = {}): Pass => ({
  before: row(),
  after: row(),
  pages: 2,
  rows: 3,
  distinct: 3,
  ordered: true,
  leftOut: 0,
  ...change,
});

describe('a pass over a collection', () => {
  it('is believed when it agrees with itself', () => {
    expect(incompleteReason(pass())).toBeUndefined();
    expect(incompleteReason(pass({ rows: 0, distinct: 0, after: row({ count: 0 }) }))).toBeUndefined();
  });

  it.each<[string, Partial<Pass>, RegExp]>([
    ['broke off', { broken: 'the site answered 500' }, /not every page arrived: the site answered 500/],
    ['found no collection before', { before: undefined }, /does not show/],
    ['found no collection after', { after: undefined }, /does not show/],
    ['came out of order', { ordered: false }, /out of order/],
    ['cannot be understood', { leftOut: 2, example: '{}' }, /left out.*: 2 of the site's members/],
    ['named a member twice', { rows: 4 }, /4 rows, 3 members/],
    ['has no count to compare with', { after: row({ count: null }) }, /states no member count/],
    ['showed fewer than stated', { after: row({ count: 4 }) }, /states 4 members and shows 3/],
    ['showed more than stated', { after: row({ count: 2 }) }, /states 2 members and shows 3/],
  ])('is incomplete when it %s', (_what, change, why) => {
    expect(incompleteReason(pass(change))).toMatch(why);
  });

  it.each([
    [false, {}],
    [true, { before: row({ evaluating: true }) }],
    [true, { after: row({ evaluating: true }) }],
    [true, { after: row({ changedAt: new Date('2026-01-01T00:00:01Z') }) }],
    [true, { before: row({ changedAt: null }) }],
    [true, { before: row({ count: 4 }) }],
    [false, { before: row({ changedAt: null }), after: row({ changedAt: null }) }],
  ])('was disturbed by an evaluation: %s', (disturbed, change) => {
    expect(evaluatedMeanwhile(pass(change))).toBe(disturbed);
  });

  it('is complete, partial or unknown', () => {
    const more = { at: new Date(0), durationMs: 1, leaversConfirmed: 0 };
    expect(proofOf(pass(), { ...more, why: undefined }).verdict).toBe('complete');
    expect(proofOf(pass(), { ...more, why: 'doubt' })).toMatchObject({ verdict: 'partial', why: 'doubt' });
    expect(proofOf(pass({ rows: 0, distinct: 0 }), { ...more, why: 'doubt' }).verdict).toBe('unknown');
  });
});

describe('the time of the last change', () => {
  it.each([
    ['a minute ago', new Date('2026-01-01T00:01:00Z'), false],
    ['in this second', new Date('2026-01-01T00:00:00Z'), true],
    ['a moment ago, by clocks that may differ', new Date('2026-01-01T00:00:04Z'), true],
    ['later than now, by clocks that differ much', new Date('2025-12-31T23:00:00Z'), true],
    ['at a time that the site does not tell', null, true],
  ])('may stand for another change when it was %s: %s', (_what, sourceTime, may) => {
    expect(timeMayStay(row({ sourceTime }))).toBe(may);
  });

  it('cannot when there never was a change', () => {
    expect(timeMayStay(row({ changedAt: null, sourceTime: null }))).toBe(false);
  });
});
