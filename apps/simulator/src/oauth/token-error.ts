import { randomUUID } from 'node:crypto';
import { answer, type Answer } from '../http/answer.js';

/** A refusal of the token endpoint. Codes: learn.microsoft.com/entra/identity-platform/reference-error-codes */
export class TokenRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly aadsts: number,
    message: string,
  ) {
    super(message);
  }
}

export function refusalOf(refusal: TokenRefusal): Answer {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const body = {
    error: refusal.error,
    error_description: `AADSTS${refusal.aadsts}: ${refusal.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [refusal.aadsts],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
  };
  return answer(refusal.status, body, { 'content-type': 'application/json; charset=utf-8' });
}
