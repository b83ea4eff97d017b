import { asAppError, type ErrorCode } from '@collection-sync/core';

/** Of previews and comparisons; renewed with every page of their listing. */
export const CLAIM_MS = 2 * 60_000;

const PASSING: ReadonlySet<ErrorCode> = new Set(['REDIS_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'DATABASE_CONFLICT']);

/** What is away for a while is waited for, as a run would. */
export const isPassing = (error: unknown): boolean => PASSING.has(asAppError(error).code);
