import { AppError } from '@collection-sync/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storeEach } from './store-each.js';

it('stores every row but those that cannot be stored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ id: fc.integer(), bad: fc.boolean() })), async (rows) => {
      const stored: typeof rows = [];
      const leftOut = await storeEach(rows, (some) => {
        if (some.some(({ bad }) => bad)) return Promise.reject(new Error('invalid byte sequence'));
        stored.push(...some);
        return Promise.resolve();
      });
      expect(stored).toEqual(rows.filter(({ bad }) => !bad));
      expect(leftOut).toBe(rows.filter(({ bad }) => bad).length);
    }),
  );
});

it('leaves out nothing while the database is away', async () => {
  const away = new AppError('DATABASE_UNAVAILABLE', 'gone');
  await expect(storeEach([1, 2, 3], () => Promise.reject(away))).rejects.toBe(away);
});
