import { AppError, type ErrorCode, storableText } from '@collection-sync/core';
import { errorOf, type GraphAnswer } from './graph-answer.js';
import { parseRetryAfter } from './retry-after.js';

const UNAVAILABLE = new Set([408, 500, 502, 503, 504]);
const NO_IDENTITY = 'identity of the calling application could not be established';

/** A directory token lives 7 days: https://learn.microsoft.com/graph/delta-query-overview */
const EXPIRED = /syncStateNotFound|sync state generation is not found|resyncRequired/i;

const codeOf = (answer: GraphAnswer): ErrorCode => {
  const { code, message, innerCode } = errorOf(answer.body);
  if (answer.status === 410 || EXPIRED.test(`${code} ${innerCode ?? ''} ${message}`)) return 'GRAPH_DELTA_EXPIRED';
  if (answer.status === 429) return 'GRAPH_THROTTLED';
  if (answer.status === 401 || message.includes(NO_IDENTITY)) return 'GRAPH_SIGN_IN_REFUSED';
  if (answer.status === 403) return 'GRAPH_PERMISSION_MISSING';
  if (UNAVAILABLE.has(answer.status)) return 'GRAPH_UNAVAILABLE';
  return 'GRAPH_REQUEST_REFUSED';
};

/** By what Microsoft support finds a request. */
export const traceOf = ({ requestId, clientRequestId }: Pick<GraphAnswer, 'requestId' | 'clientRequestId'>): string => {
  const ids = [requestId && `request-id ${requestId}`, clientRequestId && `client-request-id ${clientRequestId}`];
  const named = ids.filter(Boolean).join(', ');
  return named && ` (${named})`;
};

/** What a log keeps of an answer that failed, under its error. */
class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
}

/**
 * The failure that an answer outside 2xx stands for, where the caller has no closer reading of its own.
 * @param what the request in words, such as `GET /devices/delta`
 */
export const failureOf = (answer: GraphAnswer, what: string): AppError => {
  const { code, message } = errorOf(answer.body);
  const words = storableText([code, message].filter(Boolean).join(': '), 500);
  return new AppError(
    codeOf(answer),
    `${what}: Graph answered ${answer.status}${words && ` ${words}`}${traceOf(answer)}`,
    {
      retryAfterMs: parseRetryAfter(answer.headers['retry-after']),
      ...(answer.diagnostic ? { cause: new RefusedRequest(`x-ms-ags-diagnostic ${answer.diagnostic}`) } : {}),
    },
  );
};

export const isSuccess = (answer: GraphAnswer): boolean => answer.status >= 200 && answer.status < 300;
