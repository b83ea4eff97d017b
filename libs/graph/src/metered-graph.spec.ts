import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AppError,
  Budget,
  DEFAULT_BUDGET,
  DEFAULT_TENANT_BUDGET,
  type Account,
  type BudgetState,
  type Cost,
  type Feedback,
  type TrafficClass,
} from '@collection-sync/core';
import { afterEach, describe, expect, it } from 'vitest';
import { GraphTenants } from './graph-tenants.js';
import type { MeterOptions } from './metered-client.js';
import { MeteredGraph } from './metered-graph.js';

const TENANT = '9b2e0000-0000-4000-8000-000000000001';
const WHOLE = `${TENANT}/*`;
const GROUP = '9b2e0000-0000-4000-8000-00000000000a';

/** Books that tell what was asked of them, and answer as they are told. */
class OpenBooks extends Budget {
  readonly asked: { account: Account; trafficClass: TrafficClass; cost: Cost }[] = [];
  readonly said: Feedback[] = [];
  readonly saidOf: Account[] = [];
  readonly forgotten: string[] = [];
  /** what the next questions are answered with; then everything is granted */
  waits: (number | AppError)[] = [];
  away = false;

  async ask(account: Account, trafficClass: TrafficClass, _ticket: string, cost: Cost): Promise<number> {
    this.asked.push({ account, trafficClass, cost });
    const wait = this.waits.shift() ?? 0;
    if (wait instanceof AppError) throw wait;
    return wait;
  }

  async forget(_account: Account, _lane: TrafficClass, ticket: string): Promise<void> {
    this.forgotten.push(ticket);
  }

  async feedback(account: Account, said: Feedback): Promise<void> {
    if (this.away) throw new AppError('REDIS_UNAVAILABLE', 'Redis does not answer.');
    this.said.push(said);
    this.saidOf.push(account);
  }

  async state(): Promise<BudgetState> {
    return { writes: 0, units: 0, queued: 0, patchWeight: 1, blockedMs: 0, throttled: 0 };
  }
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A stand-in of Graph that keeps what reached it. */
const open = async (answer: Answer, options: MeterOptions = {}) => {
  const reached: string[] = [];
  const priorities: unknown[] = [];
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    priorities.push(request.headers['x-ms-throttle-priority']);
    request.resume().on('end', () => {
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body ?? { value: [] }));
    });
  }).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const credential = { kind: 'static-token', token: 'test' } as const;
  const tenants = new GraphTenants([{ tenant: TENANT, baseUrl: `http://127.0.0.1:${port}`, credential }]);
  const books = new OpenBooks();
  return { books, reached, priorities, client: new MeteredGraph(tenants, books).client(TENANT, options) };
};

const redisAway = () => new AppError('REDIS_UNAVAILABLE', 'Redis does not answer.');
const patch = { id: '0', method: 'PATCH', path: `/groups/${GROUP}`, body: {} } as const;

describe('a metered call', () => {
  it('is booked in its class before it is made, as documented', async () => {
    const { client, books } = await open({}, { trafficClass: 'bulk' });
    await client.request({ method: 'GET', path: `/groups/${GROUP}/members`, query: { $select: 'id' } });
    await client.request({ method: 'GET', path: `/groups/${GROUP}`, query: { $select: 'id' } });
    await client.request({ method: 'POST', path: '/directoryObjects/getByIds', query: { $select: 'id' }, body: {} });
    await client.request({ method: 'POST', path: `/groups/${GROUP}/members/$ref`, body: {} });
    expect(books.asked.map(({ cost }) => cost)).toEqual([
      { writes: 0, units: 2 },
      { writes: 0, units: 1 },
      { writes: 0, units: 2 },
      { writes: 1, units: 1 },
      { writes: 1, units: 0 },
    ]);
    expect(books.asked.map(({ account }) => account)).toEqual([TENANT, TENANT, TENANT, TENANT, WHOLE]);
    expect(books.asked.every(({ trafficClass }) => trafficClass === 'bulk')).toBe(true);
  });

  it('of a listing is booked for each page, at what Graph last said of one', async () => {
    const { client, books } = await open({ headers: { 'x-ms-resource-unit': '7' } });
    for (let times = 0; times < 2; times += 1) for await (const _ of client.pages('/devices/delta')) continue;
    expect(books.asked.map(({ cost }) => cost.units)).toEqual([1, 7]);
  });

  it('tells the books once when writes are answered without a word of the quota, and never for a read', async () => {
    const { client, books } = await open({});
    await client.request({ method: 'GET', path: '/groups' });
    expect(books.said).toEqual([]);
    for (let times = 0; times < 3; times += 1) {
      await client.request({ method: 'POST', path: `/groups/${GROUP}/members/$ref`, body: {} });
    }
    expect(books.said).toEqual([{ quiet: true }, { quiet: true }]);
    expect(books.saidOf).toEqual([TENANT, WHOLE]);
  });

  it('says that it can wait, but for where Graph says that the quota is nearly used up', async () => {
    const answer = { headers: {} as Record<string, string> };
    const { client, priorities } = await open(answer, { priority: 'low' });
    const write = () => client.request({ method: 'POST', path: `/groups/${GROUP}/members/$ref`, body: {} });
    const read = () => client.request({ method: 'GET', path: '/groups' });
    await write();
    answer.headers = { 'x-ms-throttle-limit-percentage': '0.81' };
    await write();
    answer.headers = {};
    await read();
    await write();
    await write();
    expect(priorities).toEqual(['low', 'low', 'normal', 'normal', 'low']);
  });

  it('waits until there is room, and for books that are away', async () => {
    const { client, books, reached } = await open({});
    books.waits = [5, redisAway()];
    await client.request({ method: 'GET', path: '/groups' });
    expect([books.asked.length, reached.length]).toEqual([3, 1]);
  });

  it('that may not wait so long is refused, and does not reach Graph', async () => {
    const { client, books, reached } = await open({}, { maxWaitMs: 100 });
    books.waits = [60_000];
    await expect(client.request({ method: 'GET', path: '/groups' })).rejects.toMatchObject({ code: 'GRAPH_THROTTLED' });
    books.waits = [redisAway()];
    await expect(client.request({ method: 'GET', path: '/groups' })).rejects.toMatchObject({
      code: 'REDIS_UNAVAILABLE',
    });
    expect([books.forgotten.length, reached.length]).toEqual([2, 0]);
  });

  it('leaves the queue when it is given up, with the reason of whoever gave it up', async () => {
    const stop = new AbortController();
    const { client, books, reached } = await open({}, { signal: stop.signal });
    books.waits = [600_000];
    const call = client.request({ method: 'GET', path: '/groups' });
    const lost = new AppError('LEASE_LOST', 'the lease is lost');
    stop.abort(lost);
    await expect(call).rejects.toBe(lost);
    expect([books.forgotten.length, reached.length]).toEqual([1, 0]);
  });

  it('feeds back what Graph says: of a read never as the weight of a write', async () => {
    const throttled = {
      status: 429,
      headers: { 'retry-after': '0', 'x-ms-throttle-information': 'WriteLimitExceeded' },
    };
    const { client, books } = await open(throttled);
    await client.request({ method: 'GET', path: '/groups' });
    await client.request({ method: 'DELETE', path: `/groups/${GROUP}/members/${GROUP}/$ref` });
    expect(books.said).toMatchObject([
      { throttledParts: 1, limit: 'other' },
      { throttledParts: 1, limit: 'quota' },
    ]);
  });

  it.each([
    ['Tenant_Application/Write/app/tenant', TENANT, 'quota'],
    ['Application/Write/app/tenant', TENANT, 'other'],
    ['Tenant/Write/app/tenant', WHOLE, 'quota'],
  ])('a 429 of %s goes to the books of %s', async (scope, account, limit) => {
    const headers = {
      'retry-after': '0',
      'x-ms-throttle-scope': scope,
      'x-ms-throttle-information': 'WriteLimitExceeded',
    };
    const { client, books } = await open({ status: 429, headers });
    await client.request({ method: 'DELETE', path: `/groups/${GROUP}/members/${GROUP}/$ref` });
    expect(books.said).toMatchObject([{ throttledParts: 1, limit }]);
    expect(books.saidOf).toEqual([account]);
  });

  it('is answered although the books are away when Graph has answered', async () => {
    const { client, books } = await open({ headers: { 'x-ms-throttle-limit-percentage': '0.9' } });
    books.away = true;
    expect((await client.request({ method: 'GET', path: '/groups' })).status).toBe(200);
  });
});

describe('a metered batch', () => {
  it('is paid for once: by what was booked before, else by itself', async () => {
    const { client, books } = await open({ body: { responses: [{ id: '0', status: 204 }] } });
    const booking = await client.book({ writes: 4, units: 1 });
    await client.batch([patch], { booking });
    await client.batch([patch], { booking });
    expect(books.asked.map(({ cost }) => cost)).toEqual([
      { writes: 4, units: 1 },
      { writes: 4, units: 0 },
      { writes: 1, units: 1 },
      { writes: 1, units: 0 },
    ]);
  });

  it('that is refused as a whole is fed back, with all its parts', async () => {
    const { client, books } = await open({ status: 429, headers: { 'retry-after': '7' } });
    await expect(client.batch([patch])).rejects.toMatchObject({ code: 'GRAPH_THROTTLED' });
    expect(books.said).toEqual([{ retryAfterMs: 7_000, throttledParts: 1 }]);
  });
});

it('knows the quota of each tenant', async () => {
  const tenants = new GraphTenants([
    { tenant: TENANT, credential: { kind: 'managed-identity' }, budget: { writes: 10 } },
  ]);
  expect(new MeteredGraph(tenants, new OpenBooks()).budget(TENANT)).toEqual({ ...DEFAULT_BUDGET, writes: 10 });
  expect(new MeteredGraph(tenants, new OpenBooks()).budget(WHOLE)).toEqual(DEFAULT_TENANT_BUDGET);
});
