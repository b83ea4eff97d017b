interface Described {
  code?: unknown;
  advice?: unknown;
  retryable?: unknown;
}

/** What a log keeps of an error: what happened, what to do, where, and why. */
export const describeError = (error: unknown, isExpected = false): unknown => {
  if (!(error instanceof Error)) return error;
  const { code, advice, retryable } = error as Described;
  // an expected failure needs no stack, and neither does what caused it
  const needsStack = !isExpected && retryable !== true;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    ...(advice === undefined ? {} : { advice }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(needsStack ? { stack: error.stack } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause, !needsStack) }),
  };
};

/** Whether trying again can help: the `retryable` of the closed set of errors, false for any other. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Without what is another one each time: the names of requests that Graph and we give. */
export const lastingWords = (message: string): string => message.replaceAll(/ \((?:client-)?request-id [^)]*\)/g, '');

/** Same words, same error: what is logged once. */
export const fingerprint = (error: unknown): string =>
  error instanceof Error
    ? `${'code' in error ? String(error.code) : error.name} ${lastingWords(error.message)}`
    : String(error);
