import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isTooDeep } from './parse-json.js';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

it('knows the depth of any JSON without building it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 8 }), (value, deepest) => {
      expect(isTooDeep(JSON.stringify(value), deepest)).toBe(depthOf(value) > deepest);
    }),
  );
});

it('takes brackets within texts for text', () => {
  expect(isTooDeep(String.raw`["[[[[\"[[[", 1]`, 1)).toBe(false);
});
