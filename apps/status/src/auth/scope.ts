import type { Actor } from './actor.js';
import { isCovered, type Grant, type Place } from './grants.js';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { actorOf } from './actor.js';

/** What a caller may read: everything, or what one of the grants reaches. What a place does not name is not asked for. */
export class Scope {
  readonly #grants: readonly Grant[];

  constructor({ grants }: Pick<Actor, 'grants'>) {
    this.#grants = grants;
  }

  get isWhole(): boolean {
    return this.#grants.some(({ tenants, collections }) => !tenants && !collections);
  }

  holds({ tenant, collection }: Partial<Place>): boolean {
    return this.#grants.some(
      ({ tenants, collections }) =>
        (!tenants || tenant === undefined || tenants.includes(tenant)) &&
        (!collections || collection === undefined || collections.some((rule) => isCovered(rule, collection))),
    );
  }

  /** As statements take it (store/in-scope.ts): null for everything. */
  toParameter(): string | null {
    return this.isWhole ? null : JSON.stringify(this.#grants);
  }
}

/** What the caller of a route may read. */
export const ReadScope = createParamDecorator((_: unknown, context: ExecutionContext): Scope => {
  const actor = actorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!actor) throw new Error('the guard let a request without a caller pass');
  return new Scope(actor);
});
