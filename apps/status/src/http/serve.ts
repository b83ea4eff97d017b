import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Contract } from './contract.js';
import { invalid } from './problem.js';
import { routeOf } from './routes.js';

const CONTRACT = Symbol('contract');

/** Makes a method the handler of a contract. Without it a method is no route. */
export const Serve = (contract: Contract): MethodDecorator =>
  applyDecorators(
    RequestMapping({
      path: routeOf(contract.path),
      method: RequestMethod[contract.method],
    }),
    HttpCode(contract.status ?? 200),
    SetMetadata(CONTRACT, contract),
  );

export const contractOf = (handler: object): Contract | undefined =>
  Reflect.getMetadata(CONTRACT, handler) as Contract | undefined;

/** The request as the handler's contract has it. Answers 400 naming every field that is not. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const contract = contractOf(context.getHandler());
  if (!contract) throw new Error(`${context.getHandler().name} takes input, but has no contract`);
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const errors: { field: string; message: string }[] = [];
  const read = (part: string, schema: z.ZodType | undefined, value: unknown): unknown => {
    const parsed = (schema ?? undefined)?.safeParse(value ?? (part === 'body' ? undefined : {}));
    if (parsed && !parsed.success) errors.push(...parsed.error.issues.flatMap((issue) => fieldsOf(part, issue)));
    return parsed?.data;
  };
  const input = {
    params: read('path', contract.params, request.params),
    query: read('query', contract.query, request.query),
    body: read('body', contract.body, request.body),
  };
  if (errors.length > 0) throw invalid(errors);
  return input;
});

const fieldsOf = (part: string, issue: z.core.$ZodIssue): { field: string; message: string }[] => {
  const path = [part, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'is not known here' }));
  }
  return [{ field: path.join('.'), message: issue.message }];
};
