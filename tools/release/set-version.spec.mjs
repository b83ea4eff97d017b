import { expect, it } from 'vitest';
import { versionsNamed } from './set-version.mjs';

it('every place that names the version names the same one', () => {
  const named = versionsNamed();
  expect(named.length).toBeGreaterThan(20);
  expect(new Set(named.map(([, version]) => version))).toEqual(new Set([named[0][1]]));
});
