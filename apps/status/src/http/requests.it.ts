import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, TOKEN, type Fixture } from '../../test/status-fixture.js';

let status: Fixture;
beforeAll(async () => {
  status = await startFixture();
});
afterAll(() => status.close());

/** What the server answers to these bytes, until it closes the connection. */
const send = async (head: readonly string[], body = ''): Promise<string> => {
  const { port } = new URL(status.base);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write([...head, 'Host: x', '', body].join('\r\n'));
  let text = '';
  socket.on('data', (data: Buffer) => (text += data.toString()));
  await once(socket, 'close');
  return text;
};

const AUTHORIZED = `Authorization: Bearer ${TOKEN}`;
const JSON_TYPE = 'Content-Type: application/json';

describe('a body', () => {
  it('of nobody is not waited for: the answer comes before it, and the connection ends', async () => {
    const answer = await send(['POST /api/v1/mappings HTTP/1.1', JSON_TYPE, 'Content-Length: 60000'], '{');
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).toMatch(/www-authenticate: Bearer\r\n/i);
  });

  it('for no route of the API is not waited for either', async () => {
    const answer = await send(['POST /api/v1/nothing HTTP/1.1', AUTHORIZED, JSON_TYPE, 'Content-Length: 60000'], '{');
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toContain('application/problem+json');
  });

  it('that is larger than its route takes is refused by its length', async () => {
    const answer = await send(['POST /api/v1/mappings HTTP/1.1', AUTHORIZED, JSON_TYPE, 'Content-Length: 70000'], '{');
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('"title":"Too large"');
  });

  it('of many mappings may be larger', async () => {
    const answer = await status.request('POST', '/mappings/batch', `{"mappings":[],"filler":"${'x'.repeat(70_000)}"}`);
    expect(answer.status).toBe(400);
  });

  it('that nests deeply is refused before it is built', async () => {
    const answer = await status.request('POST', '/mappings', `${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('nests deeper') as string } });
  });
});

describe('an address', () => {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${status.base}${path}`, { headers });
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as { status: number; instance: string },
    };
  };

  it.each(['/api/v1/me', '/%61pi/v1/me', '/api/v1/%6De'])(
    '%s needs a token, whatever is escaped in it',
    async (path) => {
      const refused = await ask(path);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('cache-control')).toBe('no-store');
      const let_in = await ask(path, { authorization: `Bearer ${TOKEN}` });
      expect(let_in.status).toBe(200);
    },
  );

  it.each(['//api/v1/me', '/api//v1/me', '/api/v1/me/x', '/API/v1/me', '/api/v1/%zz', '/%zz'])(
    '%s is answered with a problem, security headers and a number to ask about',
    async (path) => {
      const answer = await ask(path, { authorization: `Bearer ${TOKEN}` });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.body).toMatchObject({
        status: answer.status,
        instance: expect.stringMatching(/^urn:uuid:/) as string,
      });
    },
  );
});

it('a kind of live events that is not known is refused', async () => {
  const answer = await status.request('GET', '/events?kinds=target,weather');
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'query.kinds' }] } });
});

describe('a cursor that somebody made up', () => {
  const cursor = (...position: unknown[]): string => Buffer.from(JSON.stringify(position)).toString('base64url');
  const ID = '11111111-1111-4111-8111-111111111111';
  const numbers = [1.5, 1e300, -1e300, 9.3e18, 2 ** 63, 'x'];
  const times = ['0000-01-01T00:00:00Z', '2024-02-30T00:00:00Z', `2024-01-01T00:00:00.${'1'.repeat(200)}Z`];
  const cases = [
    ...numbers.flatMap((value) => [
      [`/collections?sort=memberCount&cursor=${cursor('memberCount asc', value, 'a', 'b')}`],
      [`/collections?sort=lastSyncTime&cursor=${cursor('lastSyncTime asc', value, 'a', 'b')}`],
      [`/dead-letters?cursor=${cursor('dead', value, 'a')}`],
      [`/audit?cursor=${cursor('audit', value)}`],
    ]),
    ...times.flatMap((time) => [
      [`/runs?cursor=${cursor('started', time, ID)}`],
      [`/plans?cursor=${cursor('held', time, ID)}`],
    ]),
    [`/mappings?cursor=${cursor('target', '\ud800')}`],
    [`/mappings?cursor=${cursor('target', 'a\u0000b')}`],
  ];
  it.each(cases)('is refused: %s', async (path) => {
    expect(await status.request('GET', path)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'query.cursor' }] },
    });
  });
});
