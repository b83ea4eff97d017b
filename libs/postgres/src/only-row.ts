import { AppError } from '@collection-sync/core';

/**
 * The row of a statement that must find one: a version, an epoch or a count is never made up.
 * @throws AppError INTERNAL
 */
export const onlyRow = async <R>(rows: Promise<R[]>): Promise<R> => {
  const found = await rows;
  const [row] = found;
  if (row === undefined || found.length > 1)
    throw new AppError('INTERNAL', `A statement that must find one row found ${found.length}.`);
  return row;
};
