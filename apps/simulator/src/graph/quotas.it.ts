import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../start-simulator.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { GROUP, objectId, tenant, userId } from '../test-support/worlds.js';

let sim: Simulator;
let graph: GraphHttp;
let control: ControlClient;

async function start(options: SimulatorOptions, devices = 100): Promise<void> {
  sim = await startSimulator({ world: tenant(devices), ...options });
  graph = new GraphHttp(sim.graphUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

async function writesUntil429(most: number, caller = graph): Promise<number> {
  for (let n = 0; n < most; n += 1) if ((await caller.remove(GROUP, objectId(1))).status === 429) return n;
  return most;
}

describe('write bucket 3,000/150 s; RU bucket by tenant size (writeQuota, tenantSize, quotaModel)', () => {
  it('lets exactly 3,000 writes through at once, as single parts of batches', async () => {
    await start({ timeScale: 0.001, graph: { chargeRejected: false } });
    let applied = 0;
    for (let n = 0; n < 152; n += 1) {
      const parts = Array.from({ length: 20 }, (_, i) => graph.removePart(String(i), GROUP, objectId(1)));
      const { body } = await graph.batch(parts);
      applied += body.responses.filter((part) => part.status !== 429).length;
    }
    expect(applied).toBe(3000);
  });

  it('is of one application: another one has its own', async () => {
    await start({ graph: { writeQuota: 10, chargeRejected: false }, timeScale: 0.001 });
    expect(await writesUntil429(20)).toBe(10);
    expect(await writesUntil429(20, new GraphHttp(sim.graphUrl, 'another'))).toBe(10);
  });

  it('refills continuously in the token model: after 15 s a tenth of the quota is there', async () => {
    await start({ graph: { writeQuota: 100, chargeRejected: false }, timeScale: 0.001 });
    expect(await writesUntil429(110)).toBe(100);
    await control.advance(15);
    expect(await writesUntil429(20)).toBe(10);
  });

  it('refills at once at the end of the period in the window model', async () => {
    await start({ graph: { writeQuota: 20, quotaModel: 'window', chargeRejected: false }, timeScale: 0.001 });
    expect(await writesUntil429(25)).toBe(20);
    await control.advance(100);
    expect(await writesUntil429(5)).toBe(0);
    await control.advance(50);
    expect(await writesUntil429(25)).toBe(20);
  });

  it.each([
    ['S', 3500],
    ['M', 5000],
    ['L', 8000],
  ] as const)('gives a tenant of size %s %d resource units per 10 s', async (tenantSize, units) => {
    await start({ graph: { tenantSize, chargeRejected: false }, timeScale: 0.001 });
    const parts = Array.from({ length: 20 }, (_, i) => ({
      id: String(i),
      method: 'GET',
      url: `/groups/${GROUP}/transitiveMembers`,
    }));
    let spent = 0;
    for (let n = 0; n < units / 100 + 2; n += 1) {
      const { body } = await graph.batch(parts);
      spent += 5 * body.responses.filter((part) => part.status === 200).length;
    }
    expect(spent).toBe(units);
  });
});

describe('tenant, app and global buckets of §1.1 (outerQuotas)', () => {
  it('with the inner write quota off, the tenant bucket of 18,000 writes per 5 min limits', async () => {
    await start({
      graph: { outerQuotas: true, writeQuota: 0, tenantSize: 'L', chargeRejected: false },
      timeScale: 0.001,
    });
    let applied = 0;
    let scope: string | undefined;
    for (let n = 0; n < 1030; n += 1) {
      if (n % 300 === 0) await control.advance(10);
      const parts = Array.from({ length: 20 }, (_, i) => graph.removePart(String(i), GROUP, objectId(1)));
      const { body } = await graph.batch(parts);
      const refused = body.responses.find((part) => part.status === 429);
      applied += body.responses.filter((part) => part.status !== 429).length;
      scope ??= Object.entries(refused?.headers ?? {}).find(
        ([name]) => name.toLowerCase() === 'x-ms-throttle-scope',
      )?.[1];
    }
    expect(applied).toBeGreaterThanOrEqual(18_000);
    expect(applied).toBeLessThan(18_000 + 40 * 60 + 20);
    expect(scope).toMatch(/^Tenant\/Write\//);
  });
});

describe('RU table with adjustments; delta cost (ruCosts, deltaRu)', () => {
  const units = async (path: string) => Number((await graph.get(path)).headers.get('x-ms-resource-unit'));

  it('charges reads by the documented table', async () => {
    await start({});
    expect(await units(`/groups/${GROUP}/members`)).toBe(3);
    expect(await units(`/groups/${GROUP}/members?$select=id&$top=999`)).toBe(2);
    expect(await units(`/groups/${GROUP}/members?$select=id&$top=10`)).toBe(1);
    expect(await units(`/groups/${GROUP}/transitiveMembers`)).toBe(5);
    expect(await units('/users')).toBe(2);
    expect(await units('/users?$select=id')).toBe(1);
    expect(await units(`/groups/${GROUP}`)).toBe(1);
    expect(await units('/devices')).toBe(1);
    expect(await units('/devices/delta')).toBe(1);
    const byIds = await graph.send('POST', '/directoryObjects/getByIds', { ids: [objectId(1)] });
    expect(byIds.headers.get('x-ms-resource-unit')).toBe('5');
    const selected = await graph.send('POST', '/directoryObjects/getByIds?$select=id', { ids: [objectId(1)] });
    expect(selected.headers.get('x-ms-resource-unit')).toBe('2');
  });

  it('can charge 5 for a delta call, or 1 for everything', async () => {
    await start({ graph: { deltaRu: 5 } });
    expect(await units('/devices/delta')).toBe(5);
    await control.switches({ graph: { ruCosts: false } });
    expect(await units(`/groups/${GROUP}/transitiveMembers`)).toBe(1);
  });
});

describe('PATCH write weight (patchWriteCost)', () => {
  it.each([
    [1, 20],
    ['third', 7 * 20],
    ['n', 20 * 20],
  ] as const)('%s: 20 PATCHes of 20 references', async (patchWriteCost, weight) => {
    await start({ timeScale: 0.001, graph: { patchWriteCost, writeQuota: 400 } }, 400);
    for (let n = 0; n < 20; n += 1) {
      const ids = Array.from({ length: 20 }, (_, i) => objectId(n * 20 + i + 1));
      expect((await graph.bind(GROUP, ids)).status).toBe(204);
    }
    expect(await writesUntil429(401)).toBe(400 - weight);
  });
});

describe('rejected calls accrue (chargeRejected)', () => {
  it('on: each rejected call puts off the next success', async () => {
    await start({ graph: { writeQuota: 150, chargeRejected: true }, timeScale: 0.001 });
    expect(await writesUntil429(160)).toBe(150);
    await writesUntil429(1);
    await writesUntil429(1);
    await control.advance(2.5);
    expect((await graph.remove(GROUP, objectId(1))).status).toBe(429);
  });

  it('off: rejected calls cost nothing', async () => {
    await start({ graph: { writeQuota: 150, chargeRejected: false }, timeScale: 0.001 });
    expect(await writesUntil429(160)).toBe(150);
    for (let n = 0; n < 10; n += 1) await graph.remove(GROUP, objectId(1));
    await control.advance(2.5);
    expect((await graph.remove(GROUP, objectId(1))).status).not.toBe(429);
  });
});

describe('429 below quota (loadThrottleRate)', () => {
  it('throttles requests although the quota is full', async () => {
    await start({ graph: { loadThrottleRate: 1 } });
    const reply = await graph.get(`/groups/${GROUP}`);
    expect(reply.status).toBe(429);
    expect(reply.headers.get('x-ms-throttle-information')).toBe('CPULimitExceeded');
  });
});

describe('Retry-After form (retryAfter)', () => {
  const throttled = async () => {
    await writesUntil429(3);
    return graph.remove(GROUP, objectId(1));
  };

  it.each([
    ['int', /^\d+$/],
    ['decimal', /^\d+\.\d{3}$/],
    ['date', /GMT$/],
  ] as const)('%s', async (retryAfter, form) => {
    await start({ graph: { writeQuota: 2, retryAfter } });
    const reply = await throttled();
    expect(reply.headers.get('retry-after')).toMatch(form);
    expect(reply.body.error).toMatchObject({
      code: 'TooManyRequests',
      message: 'Please retry again later.',
      innerError: { code: '429', status: '429', message: 'Please retry after' },
    });
  });

  it('absent', async () => {
    await start({ graph: { writeQuota: 2, retryAfter: 'absent' } });
    expect((await throttled()).headers.has('retry-after')).toBe(false);
  });

  it('is honest: waiting that long is enough', async () => {
    await start({ graph: { writeQuota: 150, chargeRejected: false }, timeScale: 0.001 });
    await writesUntil429(160);
    await control.switches({ graph: { retryAfter: 'decimal' } });
    const reply = await graph.remove(GROUP, objectId(1));
    const simulatedSeconds = Number(reply.headers.get('retry-after')) * 0.001;
    await control.advance(simulatedSeconds);
    expect((await graph.remove(GROUP, objectId(1))).status).not.toBe(429);
  });
});

describe('x-ms-* headers, percentage only > 0.8; Low shed first (throttleHeaders, priorityShedding)', () => {
  it('shows the percentage above 0.8 only, and scope and information when rejected', async () => {
    await start({ graph: { writeQuota: 10, chargeRejected: false }, timeScale: 0.001 });
    const replies = [];
    for (let n = 0; n < 11; n += 1) replies.push(await graph.remove(GROUP, objectId(1)));
    expect(replies.map((reply) => reply.headers.get('x-ms-throttle-limit-percentage'))).toEqual([
      ...Array.from({ length: 8 }, () => null),
      '0.90',
      '1.00',
      '1.00',
    ]);
    expect(replies[10]!.headers.get('x-ms-throttle-scope')).toBe(`Tenant_Application/Write/any-token/${sim.tenantId}`);
    expect(replies[10]!.headers.get('x-ms-throttle-information')).toBe('WriteLimitExceeded');
    expect(replies[0]!.headers.get('x-ms-resource-unit')).toBe('1');
  });

  it('sheds Low before Normal near the limit, unless shedding is off', async () => {
    await start({ graph: { writeQuota: 100, chargeRejected: false }, timeScale: 0.001 });
    for (let n = 0; n < 91; n += 1) await graph.remove(GROUP, objectId(1));
    const low = { 'x-ms-throttle-priority': 'Low' };
    expect((await graph.send('DELETE', `/groups/${GROUP}/members/${objectId(1)}/$ref`, undefined, low)).status).toBe(
      429,
    );
    expect((await graph.remove(GROUP, objectId(1))).status).not.toBe(429);
    await control.switches({ graph: { priorityShedding: false } });
    expect(
      (await graph.send('DELETE', `/groups/${GROUP}/members/${objectId(1)}/$ref`, undefined, low)).status,
    ).not.toBe(429);
  });

  it('can leave the headers out', async () => {
    await start({ graph: { throttleHeaders: false } });
    expect((await graph.get(`/groups/${GROUP}`)).headers.has('x-ms-resource-unit')).toBe(false);
  });
});

describe('scaled time', () => {
  it('at 1,000 times the speed, the same counts pass in a thousandth of the time', async () => {
    await start({ timeScale: 1000, graph: { writeQuota: 300, chargeRejected: false, retryAfter: 'int' } });
    let applied = 0;
    let waited = 0;
    while (applied < 600) {
      const reply = await graph.remove(GROUP, userId(1));
      if (reply.status !== 429) applied += 1;
      else {
        const seconds = Number(reply.headers.get('retry-after'));
        waited += seconds;
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      }
    }
    expect(waited).toBeLessThan(5);
    const state = await control.send<{ timeScale: number }>('GET', '/state');
    expect(state.timeScale).toBe(1000);
  });
});
