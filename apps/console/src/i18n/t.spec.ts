import { expect, it } from 'vitest';
import { t } from './t.js';

it.each([
  [0, '0 removals are held'],
  [1, '1 removal is held'],
  [40, '40 removals are held'],
])('says %i as people do', (held, text) => {
  expect(t('plan.title.open', { held })).toBe(text);
});

it('fills in names and numbers', () => {
  expect(t('plan.approvePart.title', { count: 1, held: 2 })).toBe('Remove 1 of 2 members?');
});
