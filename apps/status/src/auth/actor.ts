import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../http/contract.js';

/** Who is asking. */
export interface Actor {
  /** name for the audit log */
  readonly name: string;
  readonly role: Exclude<Role, 'Public'>;
}

const ACTOR = Symbol('actor');
type WithActor = FastifyRequest & { [ACTOR]?: Actor };

export const rememberActor = (request: FastifyRequest, actor: Actor): void => {
  (request as WithActor)[ACTOR] = actor;
};

/** The caller that the guard let in. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = context.switchToHttp().getRequest<WithActor>()[ACTOR];
  if (!actor) throw new Error('the guard let a request without a caller pass');
  return actor;
});
