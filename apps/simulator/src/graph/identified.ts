import { randomUUID } from 'node:crypto';
import type { Answer, Call } from '../http/answer.js';

/** https://learn.microsoft.com/graph/best-practices-concept; the ring and role are those of the samples. */
const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'West Europe', Slice: 'E', Ring: '5', ScaleUnit: '000', RoleInstance: 'SIM0000' },
});

interface ErrorBody {
  error?: { innerError?: object };
}

/**
 * By what an answer can be found again: a new `request-id`, and the caller's `client-request-id`, or the same id where it sent none. A whole
 * answer tells them in its headers, an error in its body too; a part of a batch in the body of its error alone.
 */
export function identified(call: Call & { part?: unknown }, answer: Answer): Answer {
  const requestId = randomUUID();
  const ids = { 'request-id': requestId, 'client-request-id': call.headers['client-request-id'] ?? requestId };
  const error = (answer.body as ErrorBody | undefined)?.error;
  const body = error?.innerError ? { error: { ...error, innerError: { ...error.innerError, ...ids } } } : answer.body;
  const headers = call.part ? answer.headers : { ...answer.headers, ...ids, 'x-ms-ags-diagnostic': DIAGNOSTIC };
  return { ...answer, headers, ...(body === undefined ? {} : { body }) };
}
