import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Authenticator } from '../auth/authenticator.js';
import type { Gate } from '../auth/gate.js';
import { BODY_METHODS } from './contract.js';
import { isTooDeep } from './parse-json.js';
import { Problem } from './problem.js';
import type { Routes } from './routes.js';

const KIB = 1_024;
/** Of a body, unless its contract says otherwise. */
const BODY_LIMIT = 64 * KIB;

export interface SecureOptions {
  readonly routes: Routes;
  readonly gate: Gate;
  readonly authenticator: Authenticator;
  /** failed sign-ins a minute and address that are answered as such */
  readonly failedSignIns: number;
}

/**
 * Security headers, JSON only, bounded bodies, and no body of anybody who has not signed in. Nothing allows another origin: CORS is
 * closed.
 */
export const secure = async (app: NestFastifyApplication, options: SecureOptions): Promise<void> => {
  const { routes, gate, authenticator, failedSignIns } = options;
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  // before helmet, whose policy names the hosts that this learns
  fastify.addHook('onRequest', async ({ headers }) => {
    if (headers.accept?.includes('text/html')) await authenticator.prepare();
  });
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
        'connect-src': ["'self'", () => authenticator.origins().join(' ')],
        'manifest-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, { global: false });
  gate.countBy(fastify.createRateLimit({ max: failedSignIns, timeWindow: 60_000 }));
  fastify.addHook('onRoute', (route) => limitBody(route, routes));
  fastify.addHook('onRequest', async (request, reply) => {
    if (!isOfApi(request)) return;
    void reply.header('cache-control', 'no-store');
    const others = routes.methodsOtherThan(request.method, request.url);
    if (others)
      throw asError(new Problem(405, `${request.method} is not possible here.`, {}, { allow: others.join(', ') }));
    const contract = routes.find(request.method, request.routeOptions.url);
    if (!contract) {
      leaveBody(request, reply);
      throw asError(new Problem(404, 'There is no such route.', { advice: 'GET /api/v1/openapi.json lists them.' }));
    }
    try {
      await gate.admit(request, contract);
      checkType(request);
    } catch (error) {
      leaveBody(request, reply);
      throw error instanceof Problem ? asError(error) : error;
    }
  });
  const parse = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', {}, (request, body, done) => {
    const text = body.toString('utf8');
    if (isTooDeep(text)) done(asError(new Problem(400, 'The body nests deeper than any request of this API.')));
    else
      void parse(request as unknown as FastifyRequest, text, (error, parsed) =>
        done(error as Parameters<typeof done>[0], parsed),
      );
  });
};

/** The router has decoded the path already, so that an escaped one is treated like any other. */
const isOfApi = (request: FastifyRequest): boolean =>
  [request.routeOptions.url ?? '', pathOf(request)].some((path) => /^\/+api(\/|$)/i.test(path));

const pathOf = (request: FastifyRequest): string => {
  const path = request.url.split('?')[0] ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const limitBody = (route: RouteOptions, routes: Routes): void => {
  const [method = ''] = [route.method].flat();
  route.bodyLimit = (routes.find(method, route.url)?.bodyKib ?? BODY_LIMIT / KIB) * KIB;
};

const checkType = (request: FastifyRequest): void => {
  const type = request.headers['content-type'];
  if (type !== undefined && BODY_METHODS.has(request.method) && !/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(415, `Bodies are application/json, not ${type}.`);
};

/** Nobody waits for a body that will not be read. */
const leaveBody = (request: FastifyRequest, reply: { header(name: string, value: string): unknown }): void => {
  if (BODY_METHODS.has(request.method)) reply.header('connection', 'close');
};

/** Fastify reads the status of an error from this field. */
const asError = (problem: Problem): Error => Object.assign(problem, { statusCode: problem.status });
