import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../settings.js';
import { failureBackoff } from './failure-backoff.js';

it('rests for seconds, then minutes, and for hours only after three quarters of an hour of failures', () => {
  const seconds = Array.from({ length: 24 }, (_, failures) => failureBackoff(failures, DEFAULT_SETTINGS) / 1_000);
  expect(seconds.slice(0, 11)).toEqual([30, 60, 120, 240, 240, 240, 240, 240, 240, 240, 240]);
  expect(seconds.slice(11, 15)).toEqual([480, 960, 1_920, 3_840]);
  expect(seconds.at(-1)).toBe(6 * 3_600);
});
