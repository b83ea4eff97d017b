import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** The entity tags that the caller allows; undefined for any. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): readonly string[] | undefined => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (given === undefined || given.trim() === '*') return undefined;
  const tags = given.split(',').map((tag) => tag.trim());
  // a weak tag never matches: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
  if (tags.some((tag) => !/^(W\/)?"[\x21\x23-\x7E]*"$/.test(tag)))
    throw new Problem(400, 'If-Match: must be `*`, or entity tags as `ETag` gives them.');
  return tags;
});
