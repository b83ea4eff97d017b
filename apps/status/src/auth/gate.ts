import type { Health, Logger, Metrics } from '@collection-sync/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Contract } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { isAtLeast, roleIn, roleMissing, roleName } from './grants.js';
import { rememberActor, type Actor } from './actor.js';
import type { Authenticator } from './authenticator.js';
import { noToken, SignInRefused } from './sign-in-refused.js';

type Failures = ReturnType<FastifyInstance['createRateLimit']>;

export interface GateParts {
  readonly authenticator: Authenticator;
  readonly health: Health;
  readonly log: Logger;
  readonly refused: ReturnType<typeof Metrics.prototype.counter<'status'>>;
}

/** Who may go on, decided before the body is read: a body of nobody costs no memory. */
export class Gate {
  readonly #parts: GateParts;
  #failures: Failures | undefined;

  constructor(parts: GateParts) {
    this.#parts = parts;
    for (const status of ['401', '403', '429']) parts.refused.inc({ status }, 0);
  }

  /** @param failures counts failed sign-ins by address */
  countBy(failures: Failures): void {
    this.#failures = failures;
  }

  /** @throws Problem 401, 403, 429, or 503 while the service starts */
  async admit(request: FastifyRequest, contract: Contract): Promise<void> {
    if (contract.role === 'Public') return;
    try {
      rememberActor(request, await this.#identify(request, contract));
    } catch (error) {
      const problem = error instanceof SignInRefused ? await this.#count(error, request) : error;
      if (problem instanceof Problem) this.#report(problem, request);
      throw problem;
    }
    if (!this.#parts.health.ready()) throw starting(this.#parts.health);
  }

  async #identify(request: FastifyRequest, contract: Contract): Promise<Actor> {
    const actor = await this.#parts.authenticator.identify(bearerOf(request));
    // a role for a part lets into the routes that look at the part themselves
    const role = contract.ofPart ? actor.role : roleIn(actor);
    if (isAtLeast(role, contract.role)) return { ...actor, client: clientOf(request), address: request.ip };
    throw roleMissing(`This needs the role ${contract.role}; ${actor.name} is ${roleName(role)}.`);
  }

  /** Whoever fails again and again is told to wait; a valid token passes all the same, for others may share the address. */
  async #count(refused: SignInRefused, request: FastifyRequest): Promise<Problem> {
    if (!refused.counts || !this.#failures) return refused;
    const count = await this.#failures(request);
    if (count.isAllowed || !count.isExceeded) return refused;
    return new Problem(
      429,
      'Too many failed sign-ins from this address.',
      { advice: 'Use a valid token; GET /api/v1/sign-in says how to get one.' },
      { 'retry-after': String(Math.max(1, count.ttlInSeconds)) },
    );
  }

  #report(problem: Problem, request: FastifyRequest): void {
    if (![401, 403, 429].includes(problem.status)) return;
    this.#parts.refused.inc({ status: String(problem.status) });
    this.#parts.log.warn(
      {
        status: problem.status,
        reason: problem.message,
        request: request.id,
        address: request.ip,
        method: request.method,
      },
      'a request was refused',
    );
  }
}

const clientOf = (request: FastifyRequest): string | null => request.headers['user-agent']?.slice(0, 200) ?? null;

const starting = (health: Health): Problem => {
  const detail = health.report().parts['service']?.detail ?? 'GET /health says what is wrong';
  return new Problem(503, `The service is not ready: ${detail}.`, {}, { 'retry-after': '2' });
};

const bearerOf = (request: FastifyRequest): string => {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw noToken();
  return token;
};
