import { AppError } from '@collection-sync/core';

/** https://kafka.apache.org/protocol#protocol_error_codes: the record itself is the reason. */
const REFUSALS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']);

/** What a broker called the error, if one did: looked for through the client's wrappings. */
const protocolType = (error: unknown, depth = 5): string | undefined => {
  if (!(error instanceof Error) || depth === 0) return undefined;
  return 'type' in error && typeof error.type === 'string' ? error.type : protocolType(error.cause, depth - 1);
};

/** An error of the client as one of ours. */
export const translateError = (error: unknown, what: string): AppError => {
  if (error instanceof AppError) return error;
  const type = protocolType(error);
  if (type && REFUSALS.has(type)) return new AppError('BUS_RECORD_REFUSED', `${what}: ${type}`, { cause: error });
  const why = type === 'UNKNOWN_TOPIC_OR_PARTITION' ? 'a topic does not exist; create the topics' : messageOf(error);
  return new AppError('BUS_UNAVAILABLE', `${what}: ${why}`, { cause: error });
};

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const parts = 'errors' in error && Array.isArray(error.errors) ? error.errors.map(messageOf) : [];
  return [error.message, ...new Set(parts)].join(': ');
};
