import { describe, expect, it } from 'vitest';
import { alternatives, FilterError, lowerBound, matches, parseFilter, requiredValues } from './filter.js';

const row: Record<string, unknown> = {
  Name: "O'Brien",
  Count: 7,
  Flag: true,
  Nothing: null,
  Time: '2026-05-01T10:00:00Z',
  Types: ['Unified', 'Other'],
};
const passes = (text: string) => matches(parseFilter(text), (property) => row[property]);

describe('parseFilter and matches', () => {
  it.each([
    ["Name eq 'o''brien'", true],
    ["Name ne 'x'", true],
    ["startswith(Name,'O''B')", true],
    ["startswith(Name,'b') eq true", false],
    ["startswith(Name,'b') eq false", true],
    ["contains(Name,'rie') and endswith(Name,'N')", true],
    ['Count gt 6 and Count le 7', true],
    ['Count lt 7 or Flag eq true', true],
    ['not (Count eq 7)', false],
    ['Nothing eq null', true],
    ['Nothing ne null', false],
    ['Nothing gt 1', false],
    ['Missing eq null', true],
    ['Time ge 2026-05-01T09:59:59Z', true],
    ['Count in (1,7)', true],
    ["Types/any(t:t eq 'unified')", true],
    ["Types/any(c: c eq 'Mail')", false],
    ["Name eq 'x' or Name eq 'y' and Count eq 7", false],
    ["(Name eq 'x' or Count eq 7) and Flag eq true", true],
  ])('%s is %s', (text, expected) => {
    expect(passes(text)).toBe(expected);
  });

  it.each([
    '',
    'Name',
    'Name eq',
    "Name eq 'x",
    "Name like 'x'",
    "(Name eq 'x'",
    "Name eq 'x' and",
    'eq 1',
    'startswith(Name,1)',
  ])('refuses %s', (text) => {
    expect(() => parseFilter(text)).toThrow(FilterError);
  });
});

describe('what a plan can use', () => {
  it('finds required values and lower bounds at the top level only', () => {
    const filter = parseFilter("Id eq 'X' and Key gt 5 and Key ge 9");
    expect(requiredValues(filter, 'Id')).toEqual(['X']);
    expect(lowerBound(filter, 'Key')).toBe(8);
    expect(requiredValues(parseFilter("Id eq 'X' or Id eq 'Y'"), 'Id')).toEqual(['X', 'Y']);
    expect(requiredValues(parseFilter("Id eq 'X' or Key eq 1"), 'Id')).toBeUndefined();
    expect(requiredValues(parseFilter("not (Id eq 'X')"), 'Id')).toBeUndefined();
    expect(lowerBound(parseFilter('Key gt 5 or Key gt 9'), 'Key')).toBe(0);
  });

  it('counts alternatives as Graph does', () => {
    expect(alternatives(parseFilter('A eq 1 or A eq 2 or B eq 3'))).toBe(3);
    expect(alternatives(parseFilter('A in (1,2,3,4)'))).toBe(4);
    expect(alternatives(parseFilter('A eq 1 and B eq 2'))).toBe(1);
  });
});
