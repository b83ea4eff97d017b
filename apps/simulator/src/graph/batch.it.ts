import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator } from '../start-simulator.js';
import { GraphHttp, type PartRequest } from '../test-support/graph-http.js';
import { GROUP, groupId, objectId, tenant } from '../test-support/worlds.js';
import type { GraphSwitches } from './graph-switches.js';

let sim: Simulator;
let graph: GraphHttp;
let control: ControlClient;

async function start(switches: Partial<GraphSwitches> = {}, devices = 400): Promise<void> {
  sim = await startSimulator({
    world: tenant(devices, { groups: [{ id: groupId(2), displayName: 'Other' }] }),
    graph: switches,
  });
  graph = new GraphHttp(sim.graphUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

const read = (id: string): PartRequest => ({ id, method: 'GET', url: `/groups/${GROUP}` });
const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => objectId(from + i));
const size = async (group = GROUP) => (await control.group(group)).memberCount;

describe('ids of a request', () => {
  it('come back in the headers of an answer, and in the body of an error and of a failed part', async () => {
    await start();
    const mine = { 'client-request-id': '11111111-0000-4000-8000-000000000001' };
    const missing = await graph.get(`/groups/${groupId(9)}`, mine);
    expect(missing.headers.get('client-request-id')).toBe(mine['client-request-id']);
    expect(missing.headers.get('x-ms-ags-diagnostic')).toContain('ServerInfo');
    expect(missing.body.error.innerError).toMatchObject({
      ...mine,
      'request-id': missing.headers.get('request-id'),
    });
    const reply = await graph.batch([{ ...read('1'), url: `/groups/${groupId(9)}`, headers: mine }]);
    expect(reply.headers.get('client-request-id')).toBe(reply.headers.get('request-id'));
    expect(reply.body.responses[0]?.body?.error.innerError).toMatchObject(mine);
  });
});

describe('batch validation: 20, ids, Content-Type, dependsOn, 424', () => {
  it('refuses 21 parts', async () => {
    await start();
    const reply = await graph.batch(Array.from({ length: 21 }, (_, i) => read(String(i))));
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toBe('Number of requests inside batch exceed the limit.');
  });

  it.each<[string, object]>([
    ['a missing id', { method: 'GET', url: '/groups' }],
    ['a number as id', { id: 1, method: 'GET', url: '/groups' }],
    ['an unknown method', { id: '1', method: 'FETCH', url: '/groups' }],
    ['a body without headers', { id: '1', method: 'PATCH', url: `/groups/${GROUP}`, body: {} }],
    ['an unknown dependency', { id: '1', method: 'GET', url: '/groups', dependsOn: ['9'] }],
  ])('refuses %s as a whole', async (_, part) => {
    await start();
    const reply = await graph.send('POST', '/$batch', { requests: [read('0'), part] });
    expect(reply.status).toBe(400);
    expect(reply.body.responses).toBeUndefined();
  });

  it('compares ids without case', async () => {
    await start();
    expect((await graph.batch([read('a'), read('A')])).status).toBe(400);
  });

  it('refuses text that is not JSON', async () => {
    await start();
    expect((await graph.send('POST', '/$batch', '{"requests":')).status).toBe(400);
  });

  it('takes an absolute url of its own root, and no other', async () => {
    await start();
    const own = { ...read('1'), url: `${sim.graphUrl}/v1.0/groups/${GROUP}` };
    const other = { ...read('2'), url: `https://graph.example/v1.0/groups/${GROUP}` };
    const { body } = await graph.batch([own, other]);
    expect(Object.fromEntries(body.responses.map(({ id, status }) => [id, status]))).toEqual({ 1: 200, 2: 400 });
  });

  it('treats a url with a version as an unknown path, part by part', async () => {
    await start();
    const { status, body } = await graph.batch([{ id: '1', method: 'GET', url: `/v1.0/groups/${GROUP}` }]);
    expect(status).toBe(200);
    expect(body.responses[0]!.status).toBe(400);
  });

  it('takes urls without a leading slash', async () => {
    await start();
    const { body } = await graph.batch([{ id: '1', method: 'GET', url: `groups/${GROUP}` }]);
    expect(body.responses[0]!.status).toBe(200);
  });

  it('runs a serial chain in order and fails what depends on a failure with 424', async () => {
    await start();
    const add = (id: string, member: string, dependsOn?: string[]): PartRequest => ({
      ...graph.patchPart(id, GROUP, [member]),
      dependsOn,
    });
    const { body } = await graph.batch([
      add('1', objectId(1)),
      add('2', objectId(1), ['1']),
      add('3', objectId(2), ['2']),
    ]);
    const status = Object.fromEntries(body.responses.map((part) => [part.id, part.status]));
    expect(status).toEqual({ 1: 204, 2: 400, 3: 424 });
    expect(await size()).toBe(1);
  });

  it('refuses a mixture of parallel and serial parts', async () => {
    await start();
    expect((await graph.batch([read('1'), { ...read('2'), dependsOn: ['1'] }, read('3')])).status).toBe(400);
  });
});

describe('part order, header case (partOrder, headerCase)', () => {
  const order = async () => (await graph.batch(Array.from({ length: 20 }, (_, i) => read(String(i))))).body.responses;
  const sent = Array.from({ length: 20 }, (_, i) => String(i));

  it('shuffles the answers', async () => {
    await start();
    const seen = (await order()).map((part) => part.id);
    expect(seen).not.toEqual(sent);
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(sent);
  });

  it('can keep the order', async () => {
    await start({ partOrder: 'sent' });
    expect((await order()).map((part) => part.id)).toEqual(sent);
  });

  it.each([
    ['lower', ['content-type']],
    ['canonical', ['Content-Type']],
  ] as const)('%s header names', async (headerCase, expected) => {
    await start({ headerCase });
    const names = new Set(
      (await order()).flatMap((part) => Object.keys(part.headers)).filter((name) => /content/i.test(name)),
    );
    expect([...names]).toEqual(expected);
  });

  it('mixes header case by default', async () => {
    await start();
    const names = new Set(
      (await order()).flatMap((part) => Object.keys(part.headers)).filter((name) => /content/i.test(name)),
    );
    expect(names).toEqual(new Set(['content-type', 'Content-Type']));
  });
});

describe('204 part without body, or null with Content-Type; base64 (emptyBody)', () => {
  it('absent', async () => {
    await start();
    const { body } = await graph.batch([graph.patchPart('1', GROUP, [objectId(1)])]);
    expect(body.responses[0]).not.toHaveProperty('body');
  });

  it('null, with a Content-Type', async () => {
    await start({ emptyBody: 'null' });
    const { body } = await graph.batch([graph.patchPart('1', GROUP, [objectId(1)])]);
    expect(body.responses[0]).toMatchObject({
      status: 204,
      body: null,
      headers: { 'Content-Type': 'application/json' },
    });
  });

  it('sends bodies that are not JSON as base64', async () => {
    await start();
    const part = {
      id: '1',
      method: 'GET',
      url: `/groups/${GROUP}/members/$count`,
      headers: { ConsistencyLevel: 'eventual' },
    };
    const { body } = await graph.batch([part]);
    expect(Buffer.from(String(body.responses[0]!.body), 'base64').toString()).toBe('0');
  });
});

describe('outer status when a part is 429 (throttledBatch)', () => {
  it.each([200, 424, 429] as const)('%d, with all parts inside', async (throttledBatch) => {
    await start({ throttledBatch, writeQuota: 1 });
    const { status, body } = await graph.batch([
      graph.patchPart('1', GROUP, [objectId(1)]),
      graph.patchPart('2', GROUP, [objectId(2)]),
    ]);
    expect(status).toBe(throttledBatch);
    expect(body.responses.map((part) => part.status).toSorted()).toEqual([204, 429]);
    const throttled = body.responses.find((part) => part.status === 429)!;
    expect(Object.keys(throttled.headers).map((name) => name.toLowerCase())).toContain('retry-after');
  });
});

describe('outer 401/403/429/5xx or timeout, work partly done (outerFault)', () => {
  const eight = () => Array.from({ length: 4 }, (_, i) => graph.patchPart(String(i), GROUP, ids(i * 20 + 1, 20)));

  it.each([
    [503, 'none', 0],
    [429, 'some', 40],
    [500, 'all', 80],
    [401, 'none', 0],
  ] as const)('status %d with %s of the work done', async (status, applied, members) => {
    await start({ outerFault: { status, rate: 1, applied } });
    const reply = await graph.batch(eight());
    expect(reply.status).toBe(status);
    expect(reply.body.responses).toBeUndefined();
    expect(await size()).toBe(members);
  });

  it('a connection that breaks after all the work was done', async () => {
    await start({ outerFault: { status: 0, rate: 1, applied: 'all' } });
    await expect(graph.batch(eight())).rejects.toThrow();
    expect(await size()).toBe(80);
  });

  it('a call that never answers, though the work was done', async () => {
    await start();
    await control.fault({ face: 'graph', url: 'batch', level: 'outer', wire: 'hang', applied: 'all', times: 1 });
    const cut = fetch(`${sim.graphUrl}/v1.0/$batch`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify({ requests: eight() }),
      signal: AbortSignal.timeout(300),
    });
    await expect(cut).rejects.toThrow(/timeout|aborted/i);
    expect(await size()).toBe(80);
  });
});

describe('part 429 yet applied (throttledApplied)', () => {
  it('does the work of a part that it throttles', async () => {
    await start({ throttledApplied: 1, loadThrottleRate: 1 });
    const { body } = await graph.batch([graph.patchPart('1', GROUP, ids(1, 20))]);
    expect(body.responses[0]!.status).toBe(429);
    expect(await size()).toBe(20);
  });
});

describe('> 5 PATCHes on one group per batch → 503 for some (groupPatchLimit)', () => {
  const patches = (count: number, group: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => graph.patchPart(String(i), group(i), ids(i * 20 + 1, 20)));

  it('answers 503 for those beyond the fifth', async () => {
    await start();
    const { body } = await graph.batch(patches(20, () => GROUP));
    expect(body.responses.filter((part) => part.status === 204)).toHaveLength(5);
    expect(body.responses.filter((part) => part.status === 503)).toHaveLength(15);
    expect(await size()).toBe(100);
  });

  it.each([
    ['409', [409]],
    ['mixed', [409, 503]],
  ] as const)('or %s', async (groupPatchAnswer, expected) => {
    await start({ groupPatchAnswer });
    const { body } = await graph.batch(patches(20, () => GROUP));
    const refused = new Set(body.responses.map((part) => part.status).filter((status) => status !== 204));
    expect([...refused].toSorted()).toEqual(expected);
    expect(await size()).toBe(100);
  });

  it('counts per group: five each on two groups pass', async () => {
    await start();
    const { body } = await graph.batch(patches(10, (i) => (i % 2 ? GROUP : groupId(2))));
    expect(body.responses.every((part) => part.status === 204)).toBe(true);
  });

  it('counts across requests that overlap', async () => {
    await start({ latencyMs: 2000 });
    const replies = await Promise.all(Array.from({ length: 8 }, (_, i) => graph.bind(GROUP, ids(i * 20 + 1, 20))));
    expect(replies.filter((reply) => reply.status === 503)).toHaveLength(3);
  });

  it('takes 20 removals of one group in a batch', async () => {
    await start();
    await graph.bind(GROUP, ids(1, 20));
    const { body } = await graph.batch(ids(1, 20).map((id, i) => graph.removePart(String(i), GROUP, id)));
    expect(body.responses.every((part) => part.status === 204)).toBe(true);
    expect(await size()).toBe(0);
  });

  it('off', async () => {
    await start({ groupPatchLimit: 0 });
    const { body } = await graph.batch(patches(20, () => GROUP));
    expect(body.responses.every((part) => part.status === 204)).toBe(true);
  });
});

describe('409 concurrency, with/without Retry-After (conflictRate, conflictRetryAfter)', () => {
  it.each([true, false])('Retry-After %s', async (conflictRetryAfter) => {
    await start({ conflictRate: 1, conflictRetryAfter });
    const reply = await graph.bind(GROUP, [objectId(1)]);
    expect(reply.status).toBe(409);
    expect(reply.body.error).toMatchObject({
      code: 'Directory_ConcurrencyViolation',
      message: 'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
    });
    expect(reply.headers.has('retry-after')).toBe(conflictRetryAfter);
    expect(await size()).toBe(0);
  });
});

describe('scripted faults on parts', () => {
  it('hits the second PATCH of a group only, once', async () => {
    await start();
    await control.fault({
      face: 'graph',
      method: 'PATCH',
      group: GROUP,
      level: 'part',
      skip: 1,
      times: 1,
      status: 500,
    });
    const { body } = await graph.batch([1, 2, 3].map((n) => graph.patchPart(String(n), GROUP, [objectId(n)])));
    expect(body.responses.map((part) => part.status).toSorted()).toEqual([204, 204, 500]);
    expect(await size()).toBe(2);
  });

  it('does the work once, or not at all, as it says, and the journal tells what was changed', async () => {
    await start();
    const fault = { face: 'graph' as const, method: 'PATCH', times: 1 };
    await control.fault({ ...fault, status: 504, applied: 'all' });
    await control.fault({ ...fault, wire: 'reset' });
    await control.fault({ ...fault, wire: 'reset', applied: 'all' });
    expect((await graph.bind(GROUP, [objectId(1)])).status).toBe(504);
    expect(await size()).toBe(1);
    await expect(graph.bind(GROUP, [objectId(2)])).rejects.toThrow();
    expect(await size()).toBe(1);
    await expect(graph.bind(GROUP, [objectId(3)])).rejects.toThrow();
    expect(await size()).toBe(2);
    expect((await control.journal()).map((entry) => [entry.status, entry.added])).toEqual([
      [504, [objectId(1)]],
      [0, undefined],
      [0, [objectId(3)]],
    ]);
  });

  it('may only delay', async () => {
    await start();
    await control.fault({ face: 'graph', method: 'PATCH', delayMs: 50 });
    expect((await graph.bind(GROUP, [objectId(1)])).status).toBe(204);
    expect(await size()).toBe(1);
  });
});
