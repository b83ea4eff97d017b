import { asAppError } from '@collection-sync/core';

/**
 * Stores rows together. When that fails for what is in them, their halves are stored apart, until the row that cannot be stored stands alone:
 * it is left out, and holds up none of the others. Returns how many were left out.
 */
export const storeEach = async <T>(
  rows: readonly T[],
  store: (some: readonly T[]) => Promise<unknown>,
): Promise<number> => {
  if (rows.length === 0) return 0;
  try {
    await store(rows);
    return 0;
  } catch (error) {
    if (asAppError(error).code !== 'INTERNAL') throw error;
    if (rows.length === 1) return 1;
  }
  const half = Math.ceil(rows.length / 2);
  return (await storeEach(rows.slice(0, half), store)) + (await storeEach(rows.slice(half), store));
};
