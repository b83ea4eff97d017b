import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@collection-sync/core';
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS } from './clouds.js';
import { GraphClient, scopeOf } from './graph-client.js';
import { failureOf } from './graph-failure.js';
import { tenantConfig } from './tenant-config.js';

const TENANT = '9b2e0000-0000-4000-8000-000000000001';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | 'silence' | 'cut';

/** A stand-in that answers from a script and remembers what it was asked. */
const graph = async (script: (request: Seen, nth: number) => Answer) => {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      const answer = script(one, seen.length);
      if (answer === 'silence') return;
      if (answer === 'cut') return void request.socket.destroy();
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graph`;
  const client = new GraphClient(
    tenantConfig.parse({ tenant: TENANT, baseUrl: `${root}/`, credential: { kind: 'static-token', token: 't0ken' } }),
  );
  return { client, seen, root };
};

const failure = async (promise: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
};

const all = async <T>(pages: AsyncIterable<{ items: T[] }>): Promise<T[]> => {
  const items: T[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
};

describe('request', () => {
  it('signs a request to an http stand-in, escapes the query and tells any status as an answer', async () => {
    const { client, seen } = await graph(() => ({
      status: 404,
      headers: { 'Request-Id': 'r1', 'X-Ms-Resource-Unit': '1' },
      body: { error: { code: 'Request_ResourceNotFound', message: 'none' } },
    }));
    const query = { $filter: "startswith(displayName,'a & https://b')", $top: 5, $skip: undefined };
    const answer = await client.request({ method: 'GET', path: '/groups', query });
    expect(answer).toMatchObject({ status: 404, requestId: 'r1', headers: { 'x-ms-resource-unit': '1' } });
    expect(seen[0]?.headers.authorization).toBe('Bearer t0ken');
    const url = new URL(seen[0]?.url ?? '', 'http://x');
    expect(url.pathname).toBe('/graph/v1.0/groups');
    expect(Object.fromEntries(url.searchParams)).toEqual({ $filter: query.$filter, $top: '5' });
  });

  it('names itself and each of its requests, in answers and in failures too', async () => {
    const diagnostic = '{"ServerInfo":{"DataCenter":"x"}}';
    const { client, seen } = await graph(({ url }) =>
      url.includes('cut') ? 'cut' : { status: 403, headers: { 'x-ms-ags-diagnostic': diagnostic, 'request-id': 'r1' } },
    );
    const answer = await client.request({ method: 'GET', path: '/groups' });
    const cut = await failure(client.withPriority('low').request({ method: 'GET', path: '/cut' }));
    const [first, second] = seen.map(({ headers }) => headers);
    expect(first).toMatchObject({ 'user-agent': 'collection-sync/0.1.0', 'x-ms-throttle-priority': 'normal' });
    expect(second?.['x-ms-throttle-priority']).toBe('low');
    const ids = [first, second].map((headers) => String(headers?.['client-request-id']));
    expect(new Set(ids.filter((id) => /^[0-9a-f-]{36}$/.test(id))).size).toBe(2);
    expect(answer).toMatchObject({ requestId: 'r1', clientRequestId: ids[0], diagnostic });
    expect(failureOf(answer, 'GET /groups').message).toContain(`request-id r1, client-request-id ${ids[0]}`);
    expect(String(failureOf(answer, 'GET /groups').cause)).toContain(diagnostic);
    expect(cut.message).toContain(`client-request-id ${ids[1]}`);
  });

  it('sends a body as JSON and gives no body for 204', async () => {
    const { client, seen } = await graph(() => ({ status: 204 }));
    const answer = await client.request({ method: 'PATCH', path: 'groups/1', body: { a: 1 } });
    expect(answer.status).toBe(204);
    expect(answer.body).toBeUndefined();
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ a: 1 });
    expect(seen[0]?.headers['content-type']).toContain('application/json');
  });

  it('never repeats a request by itself, not even after 503 or a cut connection', async () => {
    const busy = await graph(() => ({ status: 503 }));
    expect((await busy.client.request({ method: 'POST', path: '/$batch', body: {} })).status).toBe(503);
    expect(busy.seen).toHaveLength(1);
    const cut = await graph(() => 'cut');
    expect((await failure(cut.client.request({ method: 'POST', path: '/$batch', body: {} }))).code).toBe(
      'GRAPH_UNAVAILABLE',
    );
    expect(cut.seen).toHaveLength(1);
  });

  it('gives up at its deadline, and sends nothing when the deadline passed before', async () => {
    const { client, seen } = await graph(() => 'silence');
    const late = await failure(client.request({ method: 'GET', path: '/groups', deadlineMs: 50 }));
    expect(late).toMatchObject({ code: 'GRAPH_UNAVAILABLE', retryable: true });
    await failure(client.request({ method: 'GET', path: '/passed', deadlineAt: performance.now() - 1 }));
    expect(seen.filter(({ url }) => url.includes('passed'))).toEqual([]);
  });

  it('ends with the reason that its caller aborted it with', async () => {
    const { client } = await graph(() => 'silence');
    const abort = new AbortController();
    const waiting = failure(client.request({ method: 'GET', path: '/groups', signal: abort.signal }));
    abort.abort(new AppError('LEASE_LOST', 'lost'));
    expect((await waiting).code).toBe('LEASE_LOST');
    expect((await failure(client.request({ method: 'GET', path: '/x', signal: AbortSignal.abort() }))).code).toBe(
      'SHUTTING_DOWN',
    );
  });

  it('signs in anew once when a token is refused', async () => {
    const healed = await graph((_, nth) => ({ status: nth === 1 ? 401 : 200, body: {} }));
    expect((await healed.client.request({ method: 'GET', path: '/groups' })).status).toBe(200);
    const refused = await graph(() => ({
      status: 401,
      body: { error: { code: 'InvalidAuthenticationToken', message: 'no' } },
    }));
    expect((await failure(refused.client.request({ method: 'GET', path: '/groups' }))).code).toBe(
      'GRAPH_SIGN_IN_REFUSED',
    );
    expect(refused.seen).toHaveLength(2);
  });

  it('carries its token to no other host', async () => {
    const { client, seen } = await graph(() => ({ body: {} }));
    const error = await failure(client.request({ method: 'GET', path: 'https://evil.example/v1.0/groups' }));
    expect(error.code).toBe('GRAPH_REQUEST_REFUSED');
    expect(seen).toHaveLength(0);
  });
});

describe('batch', () => {
  it('matches parts by id whatever their order and spelling, with header names in lower case', async () => {
    const { client, seen } = await graph(() => ({
      status: 424,
      body: {
        responses: [
          {
            id: 'b',
            status: 429,
            headers: { 'Retry-After': '2.5' },
            body: { error: { innerError: { 'request-id': 'r9' } } },
          },
          { id: 'a', status: 204, headers: { 'Content-Type': 'application/json' }, body: null },
        ],
      },
    }));
    const answers = await client.batch([
      { id: 'A', method: 'DELETE', path: '/groups/1/members/2/$ref' },
      { id: 'b', method: 'POST', path: 'groups/1/members/$ref', body: { x: 1 } },
      { id: 'c', method: 'GET', path: '/groups/1' },
    ]);
    expect(answers.get('A')).toMatchObject({ status: 204, body: undefined });
    expect(answers.get('b')).toMatchObject({ status: 429, headers: { 'retry-after': '2.5' }, requestId: 'r9' });
    expect(answers.has('c')).toBe(false);
    const { requests } = JSON.parse(seen[0]?.body ?? '') as { requests: { headers: Record<string, string> }[] };
    expect(requests).toMatchObject([
      { id: 'A', method: 'DELETE', url: '/groups/1/members/2/$ref' },
      {
        id: 'b',
        method: 'POST',
        url: '/groups/1/members/$ref',
        body: { x: 1 },
        headers: { 'Content-Type': 'application/json' },
      },
      { id: 'c', method: 'GET', url: '/groups/1' },
    ]);
    expect(requests[0]).not.toHaveProperty('body');
    expect(new Set(requests.map(({ headers }) => headers['client-request-id'])).size).toBe(3);
    expect(answers.get('b')?.clientRequestId).toBe(requests[1]?.headers['client-request-id']);
    expect(requests[2]?.headers).toMatchObject({ 'x-ms-throttle-priority': 'normal' });
  });

  it.each([
    ['no parts', []],
    ['parts that nobody asked for', [{ id: '7', status: 204 }]],
    [
      'its part twice',
      [
        { id: '1', status: 204 },
        { id: '1', status: 204 },
      ],
    ],
    ['no status', [{ id: '1' }]],
    ['nonsense', [null, 'x', 4]],
  ])('takes an answer that tells %s as none', async (_, responses) => {
    const { client } = await graph(() => ({ body: { responses } }));
    const error = await failure(client.batch([{ id: '1', method: 'GET', path: '/groups' }]));
    expect(error.code).toBe('GRAPH_UNAVAILABLE');
  });

  it('takes a part that is named twice as not answered, and the others as told', async () => {
    const responses = [204, 503].map((status) => ({ id: '1', status }));
    const { client } = await graph(() => ({ body: { responses: [...responses, { id: '2', status: 204 }] } }));
    const parts = ['1', '2'].map((id) => ({ id, method: 'GET' as const, path: '/groups' }));
    expect([...(await client.batch(parts)).keys()]).toEqual(['2']);
  });

  it('fails as a whole when Graph answers none of its parts', async () => {
    const { client } = await graph(() => ({ status: 429, headers: { 'retry-after': '7' }, body: {} }));
    const error = await failure(client.batch([{ id: '1', method: 'GET', path: '/groups' }]));
    expect(error).toMatchObject({ code: 'GRAPH_THROTTLED', retryAfterMs: 7_000 });
  });
});

describe('pages', () => {
  it('follows links as they are given, through empty pages, with its headers on each', async () => {
    const { client, seen } = await graph(({ url }, nth) => {
      const link = `http://127.0.0.1:${port(seen)}/graph/v1.0/devices/delta?$skiptoken=a%2Fb=(${nth})&x=1`;
      if (!url.includes('skiptoken')) return { body: { value: [1], '@odata.nextLink': link } };
      return nth === 2
        ? { body: { value: [], '@odata.nextLink': link } }
        : { body: { value: [2], '@odata.deltaLink': 'end' } };
    });
    const headers = { prefer: 'x' };
    const pages = [];
    for await (const page of client.pages('/devices/delta', { $select: 'id' }, { headers })) pages.push(page);
    expect(pages.map((page) => page.items)).toEqual([[1], [], [2]]);
    expect(pages.at(-1)).toMatchObject({ delta: 'end', next: undefined });
    expect(seen[2]?.url).toBe('/graph/v1.0/devices/delta?$skiptoken=a%2Fb=(2)&x=1');
    expect(seen.every((request) => request.headers['prefer'] === 'x')).toBe(true);
  });

  it('asks again for a page that failed for a passing reason, a bounded number of times', async () => {
    const { client, seen } = await graph((_, nth) =>
      nth < 3 ? { status: 429, headers: { 'retry-after': '0.01' } } : { body: { value: [1] } },
    );
    expect(await all(client.pages('/devices'))).toEqual([1]);
    expect(seen).toHaveLength(3);
    const down = await graph(() => ({ status: 503, headers: { 'retry-after': '0' } }));
    expect((await failure(all(down.client.pages('/devices', {}, { attempts: 3 })))).code).toBe('GRAPH_UNAVAILABLE');
    expect(down.seen).toHaveLength(3);
    const long = await graph(() => ({ status: 429, headers: { 'retry-after': '300' } }));
    expect(await failure(all(long.client.pages('/devices')))).toMatchObject({
      code: 'GRAPH_THROTTLED',
      retryAfterMs: 300_000,
    });
  });

  it('goes back to the last good link when a link from a repeated page is not known', async () => {
    const { client, seen } = await graph(({ url }, nth) => {
      const link = (token: string) => `http://127.0.0.1:${port(seen)}/graph/v1.0/devices?$skiptoken=${token}`;
      if (!url.includes('skiptoken')) return { body: { value: [1], '@odata.nextLink': link('two') } };
      if (url.includes('two') && nth === 2) return { status: 503, headers: { 'retry-after': '0' } };
      if (url.includes('two')) return { body: { value: [2], '@odata.nextLink': link(nth === 3 ? 'dead' : 'three') } };
      if (url.includes('dead'))
        return { status: 400, body: { error: { code: 'DirectoryPageTokenNotFoundException' } } };
      return { body: { value: [3] } };
    });
    expect(await all(client.pages('/devices'))).toEqual([1, 2, 2, 3]);
  });

  it.each([
    [410, { error: { code: 'Gone', message: 'resync' } }],
    [
      400,
      { error: { code: 'Directory_X', message: 'The sync state generation is not found; full sync is required.' } },
    ],
    [404, { error: { code: 'syncStateNotFound', message: { value: 'gone' } } }],
  ])('tells %i of a delta that must start anew', async (status, body) => {
    const { client } = await graph(() => ({ status, body }));
    expect((await failure(all(client.pages('/devices/delta')))).code).toBe('GRAPH_DELTA_EXPIRED');
  });

  it('refuses a page that is none', async () => {
    const { client } = await graph(() => ({ body: { odd: true } }));
    expect((await failure(all(client.pages('/devices')))).code).toBe('GRAPH_UNAVAILABLE');
  });
});

const port = (seen: readonly Seen[]): string => seen[0]?.headers.host?.split(':')[1] ?? '';

it('names members by directoryObjects on its own root', async () => {
  const { client, root } = await graph(() => ({}));
  expect(client.memberUrl('x')).toBe(`${root}/v1.0/directoryObjects/x`);
});

describe('clouds', () => {
  const of = (rest: object) =>
    tenantConfig.parse({ tenant: TENANT, credential: { kind: 'managed-identity' }, ...rest });

  it.each(CLOUDS)('asks for tokens of the root of %s, and names members on it', (cloud) => {
    const client = new GraphClient(of({ cloud }));
    expect(scopeOf(of({ cloud }))).toBe(`${client.root}/.default`);
    expect(client.memberUrl('x')).toBe(`${client.root}/v1.0/directoryObjects/x`);
  });

  it('follows a root that was given by hand', () => {
    const byHand = of({ cloud: 'dod', baseUrl: 'https://graph.svc.sovcloud.example/v1.0/' });
    expect(scopeOf(byHand)).toBe('https://graph.svc.sovcloud.example/.default');
    expect(new GraphClient(byHand).root).toBe('https://graph.svc.sovcloud.example');
  });
});
