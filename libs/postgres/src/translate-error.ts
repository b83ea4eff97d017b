import { AppError } from '@collection-sync/core';
import { CONFLICT_STATES, refusesValue, UNAVAILABLE_STATES, UNPREPARED_STATES } from './sql-states.js';

/** What the driver says, without a SQLSTATE, when the connection is no more. */
const DRIVER_LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout exceeded when trying to connect|timeout expired|Cannot use a pool after calling end)/i;

const SOCKET_LOST = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
]);

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

const unavailable = (why: string, cause: unknown): AppError =>
  new AppError('DATABASE_UNAVAILABLE', `The database does not answer: ${why}.`, { cause });

/** A statement failed: DATABASE_UNAVAILABLE, DATABASE_CONFLICT, DATABASE_VALUE_REFUSED, or the error itself when it is none of them. */
export const translateError = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = codeOf(error);
  const conflict = CONFLICT_STATES.get(code);
  if (conflict) return new AppError('DATABASE_CONFLICT', `The database gave up: ${conflict}.`, { cause: error });
  const reason = UNAVAILABLE_STATES.get(code);
  if (reason) return unavailable(`${reason} (${code})`, error);
  const unprepared = UNPREPARED_STATES.get(code);
  if (unprepared) {
    const what = `The database is not prepared: ${unprepared} (${code}). Run the step migrate, and deploy/postgres/roles.sql.`;
    return new AppError('DATABASE_UNAVAILABLE', what, { cause: error });
  }
  if (refusesValue(code)) {
    return new AppError('DATABASE_VALUE_REFUSED', `The database refuses a value (${code}).`, { cause: error });
  }
  if (SOCKET_LOST.has(code)) return unavailable(code, error);
  return DRIVER_LOST.test(error.message) ? unavailable(error.message, error) : error;
};

/** No connection could be had: DATABASE_UNAVAILABLE, whatever the reason. */
export const translateConnectError = (error: unknown): AppError => {
  const translated = translateError(error);
  if (translated instanceof AppError) return translated;
  const why = error instanceof Error ? error.message || codeOf(error) : String(error);
  return unavailable(why, error);
};

/** Whether the connection on which this happened must not be used again. */
export const breaksConnection = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'DATABASE_UNAVAILABLE';
