import { PUBLIC, type Health } from '@collection-sync/platform';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ROLES, type Role } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { contractOf } from '../http/serve.js';
import { rememberActor } from './actor.js';
import type { Authenticator } from './authenticator.js';
import type { FailedSignIns } from './failed-sign-ins.js';

/** Denies by default: a route that is not marked as public and has no contract is nobody's. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly failures: FailedSignIns,
    private readonly health: Health,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || isPublic(context)) return true;
    const contract = contractOf(context.getHandler());
    if (!contract) throw new Problem(404, 'There is no such route.');
    if (contract.role === 'Public') return true;
    await this.let(context, contract.role);
    if (!this.health.ready()) throw starting(this.health);
    return true;
  }

  private async let(context: ExecutionContext, needed: Role): Promise<void> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      const actor = await this.authenticator.identify(bearerOf(request));
      if (ROLES.indexOf(actor.role) < ROLES.indexOf(needed)) {
        throw new Problem(403, `This needs the role ${needed}; ${actor.name} is ${actor.role}.`);
      }
      rememberActor(request, actor);
    } catch (error) {
      throw error instanceof Problem && error.status === 401 ? await this.refused(error, context) : error;
    }
  }

  /** Whoever fails again and again is told to wait; a valid token passes all the same, for others may share the address. */
  private async refused(problem: Problem, context: ExecutionContext): Promise<Problem> {
    const http = context.switchToHttp();
    http.getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
    const count = await this.failures.add(http.getRequest<FastifyRequest>());
    if (count.isAllowed || !count.isExceeded) return problem;
    return new Problem(
      429,
      'Too many failed sign-ins from this address.',
      { advice: 'Use a valid token; GET /api/v1/sign-in says how to get one.' },
      { 'retry-after': String(Math.max(1, count.ttlInSeconds)) },
    );
  }
}

const isPublic = (context: ExecutionContext): boolean =>
  [context.getHandler(), context.getClass()].some((place) => Reflect.getMetadata(PUBLIC, place) === true);

const starting = (health: Health): Problem => {
  const detail = health.report().parts['service']?.detail ?? 'GET /health says what is wrong';
  return new Problem(503, `The service is not ready: ${detail}.`, {}, { 'retry-after': '2' });
};

const bearerOf = (request: FastifyRequest): string => {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new Problem(401, 'The request has no bearer token.', { advice: 'GET /api/v1/sign-in says how to get one.' });
  }
  return token;
};
