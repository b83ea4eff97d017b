import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Grant, GrantedRole } from './grants.js';

/** Who a token belongs to. */
export interface Identity {
  /** for people; two may share it */
  readonly name: string;
  /** the highest one held, for everything or for a part */
  readonly role: GrantedRole;
  readonly grants: readonly Grant[];
  /** who vouches for the caller: the issuer of the token, `local` for the token of this installation */
  readonly issuer: string;
  /** unique and lasting at that issuer */
  readonly subject: string;
  /** object id in Entra ID, where the token has one */
  readonly objectId: string | null;
  /** end of the token, ms since 1970; none for the local token */
  readonly expiresAt?: number;
}

/** Who is asking, and from where. */
export interface Actor extends Identity {
  /** the program that calls, as it names itself */
  readonly client: string | null;
  readonly address: string | null;
}

const ACTOR = Symbol('actor');
type WithActor = FastifyRequest & { [ACTOR]?: Actor };

export const rememberActor = (request: FastifyRequest, actor: Actor): void => {
  (request as WithActor)[ACTOR] = actor;
};

/** The caller that the gate let in. */
export const actorOf = (request: FastifyRequest): Actor | undefined => (request as WithActor)[ACTOR];

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = actorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!actor) throw new Error('the guard let a request without a caller pass');
  return actor;
});
