import { expect, it } from 'vitest';
import { jsonErrorPosition } from './json-error-position.js';

const thrownBy = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
};

it.each([
  ['Ada Lovelace', 'not JSON'],
  ['{"name": Ada Lovelace}', 'not JSON'],
  ['{"name":"Ada Lovelace"', 'not JSON at position 22'],
  ['', 'not JSON'],
])('says where %j ceases to be JSON, without quoting it', (text, why) => {
  expect(jsonErrorPosition(thrownBy(text))).toBe(why);
});
