import { createServer as createHttpsServer } from 'node:https';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Answer, Call } from './answer.js';
import { deliver } from './deliver.js';

export type Handler = (call: Call, request: FastifyRequest) => Promise<Answer>;

const BODY_LIMIT = 64 * 1024 * 1024;

/** One HTTP server for all faces; bodies arrive as text and are judged by the face that they are for. */
export function createServer(): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 100_000 },
    forceCloseConnections: true,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  return app;
}

/** Serves everything below a prefix by one handler. */
export function mount(app: FastifyInstance, prefix: string, handler: Handler): void {
  app.all(`${prefix}/*`, async (request, reply) => {
    const answer = await handler(callOf(request, prefix), request);
    return deliver(reply, answer);
  });
}

function callOf(request: FastifyRequest, prefix: string): Call {
  const [path = '', ...query] = request.raw.url!.split('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers[name] = value;
  return {
    method: request.method,
    path: path.slice(prefix.length),
    query: new URLSearchParams(query.join('?')),
    headers,
    body: typeof request.body === 'string' ? request.body : '',
    root: `${request.protocol}://${request.headers.host ?? 'localhost'}${prefix}`,
    remote: request.ip,
  };
}

/** The same faces on a second, encrypted port. */
export async function listenTls(
  app: FastifyInstance,
  tls: { key: string; cert: string },
  port: number,
  host: string,
): Promise<{ port: number; close: () => Promise<void> }> {
  await app.ready();
  const server = createHttpsServer(tls, (request, response) => app.routing(request, response));
  server.keepAliveTimeout = app.server.keepAliveTimeout;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The TLS server has no port.');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
