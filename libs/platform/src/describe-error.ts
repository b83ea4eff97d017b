interface Described {
  code?: unknown;
  advice?: unknown;
  retryable?: unknown;
}

/** What a log keeps of an error: what happened, what to do, where, and why. */
export const describeError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const { code, advice, retryable } = error as Described;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    ...(advice === undefined ? {} : { advice }),
    ...(retryable === undefined ? {} : { retryable }),
    // an expected failure needs no stack
    ...(retryable === true ? {} : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
};

/** Whether trying again can help: the `retryable` of the closed set of errors, false for any other. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Same words, same error: what is logged once. */
export const fingerprint = (error: unknown): string =>
  error instanceof Error ? `${'code' in error ? String(error.code) : error.name} ${error.message}` : String(error);
