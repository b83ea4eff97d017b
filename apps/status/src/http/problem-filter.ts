import { AppError, asAppError } from '@collection-sync/core';
import type { Logger } from '@collection-sync/platform';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { instanceOf, Problem } from './problem.js';

/** Answers every failure of a route with a problem document. What is nobody's business stays in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (reply.sent || reply.raw.headersSent) return;
    const problem = this.problemOf(error, request);
    void reply
      .status(problem.status)
      .headers(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem.document(instanceOf(request.id))));
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    const problem = toProblem(error);
    // what is thrown on purpose, such as by a probe, is no failure
    if (problem.status >= 500 && !(error instanceof Problem || error instanceof HttpException)) {
      this.log.error(
        { error, request: request.id, method: request.method, path: request.url.split('?')[0] },
        'a request failed',
      );
    }
    return problem;
  }
}

const UPSTREAM: Readonly<Record<string, number>> = {
  DATABASE_UNAVAILABLE: 503,
  DATABASE_CONFLICT: 503,
  GRAPH_UNAVAILABLE: 503,
  GRAPH_THROTTLED: 503,
  GRAPH_SIGN_IN_REFUSED: 502,
  GRAPH_PERMISSION_MISSING: 502,
  GRAPH_REQUEST_REFUSED: 502,
  SHUTTING_DOWN: 503,
};

/** Total: whatever was thrown, an answer. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const status = statusOf(error);
  if (status !== undefined && status < 500) return new Problem(status, messageOf(error));
  const known = asAppError(error);
  if (known instanceof AppError && known.code in UPSTREAM) {
    const wait = known.retryAfterMs === undefined ? 5 : Math.ceil(known.retryAfterMs / 1_000);
    return new Problem(
      UPSTREAM[known.code] ?? 503,
      known.message,
      { code: known.code, advice: known.advice },
      known.retryable ? { 'retry-after': String(wait) } : {},
    );
  }
  return new Problem(500, 'The service failed; its log has the details.', { code: 'INTERNAL' });
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Nest and Fastify name the status of what they refuse: an unknown route, a body that is too large or no JSON. */
const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number') {
    return error.statusCode;
  }
  return undefined;
};
