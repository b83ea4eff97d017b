import { AppError, asAppError } from '@collection-sync/core';

/** What the source did wrong, in its words; anything else is thrown. */
export const sourceFailure = (error: unknown, signal: AbortSignal): string => {
  const failure = asAppError(error);
  if (signal.aborted) throw new AppError('SHUTTING_DOWN', 'A read was given up.', { cause: error });
  if (!failure.code.startsWith('SOURCE_')) throw error;
  return failure.message;
};
