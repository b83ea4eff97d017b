import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { API_ROOT } from './contract.js';
import { contractOf } from './serve.js';

/** Where the answer is found, and its version, as the contract says. What was not done is nowhere. */
@Injectable()
export class AnswerHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const contract = contractOf(context.getHandler());
    if (!contract || context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const { dryRun } = http.getRequest<FastifyRequest>().query as { dryRun?: string };
    return next.handle().pipe(
      map((answer: Record<string, unknown>) => {
        if (dryRun === 'true') void reply.status(200);
        else if (contract.location) void reply.header('location', API_ROOT + filled(contract.location, answer));
        if (contract.etag && dryRun !== 'true') void reply.header('etag', entityTag(answer[contract.etag]));
        return answer;
      }),
    );
  }
}

const filled = (template: string, answer: Record<string, unknown>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(answer[name])));

export const entityTag = (version: unknown): string => `"${String(version)}"`;
