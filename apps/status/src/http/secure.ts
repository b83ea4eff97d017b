import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Contract } from './contract.js';
import { KnownMethods } from './known-methods.js';
import { Problem } from './problem.js';

const BODY_METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Security headers, JSON only, and the counter of failed sign-ins. Nothing allows another origin: CORS is closed. */
export const secure = async (
  app: NestFastifyApplication,
  contracts: readonly Contract[],
  failedSignIns: number,
  hosts: readonly string[],
): Promise<ReturnType<FastifyInstance['createRateLimit']>> => {
  const methods = new KnownMethods(contracts);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // Fluent UI writes its styles into the page
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'", ...hosts],
        'manifest-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, { global: false });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    const others = methods.otherThan(request.method, request.url);
    if (others) {
      done(asError(new Problem(405, `${request.method} is not possible here.`, {}, { allow: others.join(', ') })));
      return;
    }
    const type = request.headers['content-type'];
    const bad = type !== undefined && BODY_METHODS.has(request.method) && !/^application\/json\s*(;|$)/i.test(type);
    done(bad ? asError(new Problem(415, `Bodies are application/json, not ${type}.`)) : undefined);
  });
  return fastify.createRateLimit({ max: failedSignIns, timeWindow: 60_000 });
};

/** Fastify reads the status of an error from this field. */
const asError = (problem: Problem): Error => Object.assign(problem, { statusCode: problem.status });
