import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ServerOptions } from '@collection-sync/platform';
import { instanceOf, Problem } from './problem.js';

const HEADERS = {
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** What the server refuses before there is a route: answered like everything else. */
export const serverOptions = (trustProxy: readonly string[] | undefined): ServerOptions => ({
  genReqId: () => randomUUID(),
  ...(trustProxy ? { trustProxy: [...trustProxy] } : {}),
  frameworkErrors: (error, request, reply) => {
    const problem = new Problem(400, error.message);
    const { raw } = reply;
    raw.statusCode = problem.status;
    for (const [name, value] of Object.entries(HEADERS)) raw.setHeader(name, value);
    raw.end(JSON.stringify(problem.document(instanceOf(request.id))));
  },
  clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = STATUS[error.code ?? ''] ?? 400;
    const body = JSON.stringify(new Problem(status, DETAIL[status] ?? '').document(instanceOf(randomUUID())));
    const headers = { ...HEADERS, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end([`HTTP/1.1 ${status} -`, ...head, '', body].join('\r\n'));
  },
});

/** https://nodejs.org/api/http.html#event-clienterror */
const STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };
const DETAIL: Readonly<Record<number, string>> = {
  400: 'This is no HTTP request.',
  408: 'The request did not arrive in time.',
  431: 'The address and the headers are longer than the server reads.',
};
