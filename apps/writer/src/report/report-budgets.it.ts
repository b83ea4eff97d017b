import { AppError, upstreamEvent, type Budget } from '@collection-sync/core';
import { GraphTenants, MeteredGraph, NEEDS, type Need } from '@collection-sync/graph';
import { InProcessBudget } from '@collection-sync/redis';
import { TENANT_ID, tokenFor } from '@collection-sync/simulator';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Harness, startWorld } from '../../test/writer-harness.js';
import { reportBudgets } from './report-budgets.js';

let sim: Awaited<ReturnType<typeof startWorld>>['sim'];
let harness: Harness;
beforeEach(async () => {
  ({ sim } = await startWorld({ devices: 1 }));
  harness = await Harness.start(sim);
});
afterEach(async () => {
  await harness.close();
  await sim.close();
});

const report = async (budgetOf: (tenants: GraphTenants) => Budget, token = 'test') => {
  const tenants = new GraphTenants([
    {
      tenant: TENANT_ID,
      baseUrl: sim.graphUrl,
      credential: { kind: 'static-token', token },
      budget: { writes: 1_000, reserve: 0.9 },
    },
  ]);
  const budget = budgetOf(tenants);
  await reportBudgets({ ...harness.writer, graph: new MeteredGraph(tenants, budget), budget });
  const rows = await harness.database.query<{ value: string }>('select value from outbox order by id');
  return rows.map(({ value }) => upstreamEvent.parse(JSON.parse(value)));
};

const inProcess = (tenants: GraphTenants): Budget => new InProcessBudget((account) => tenants.budget(account));

it('tells what is left of the write budget, how much there can be, and how fast it fills', async () => {
  expect(await report(inProcess)).toMatchObject([
    {
      kind: 'budget',
      name: TENANT_ID,
      figures: {
        writes: 0,
        writeLimit: 100,
        writeWindowMs: 150_000,
        units: expect.any(Number) as number,
        patchWeight: 1,
        blockedMs: 0,
        throttled: 0,
      },
    },
  ]);
});

it('tells at once that Redis is away, and that it is back', async () => {
  await report((tenants) => {
    const budget = inProcess(tenants);
    budget.state = () => Promise.reject(new AppError('REDIS_UNAVAILABLE', 'Redis does not answer'));
    return budget;
  });
  const [away, back] = await report(inProcess);
  expect(away).toMatchObject({
    state: 'unavailable',
    code: 'REDIS_UNAVAILABLE',
    reason: expect.stringMatching(/^Redis does not answer\. .+REDIS_URL/) as string,
    figures: {},
  });
  expect(back).toMatchObject({ state: 'ready', figures: { writeLimit: 100 } });
});

const leastOf = (needs: readonly Need[]): string[] => needs.map(({ any: [least] }) => least);

it('tells once what its application does without for want of a permission, and goes on', async () => {
  const optional = NEEDS.filter(({ service, without }) => service === 'writer' && without !== undefined);
  const required = NEEDS.filter(({ service, without }) => service === 'writer' && without === undefined);
  const [lacking] = await report(inProcess, await tokenFor(sim, leastOf(required)));
  expect(lacking).toMatchObject({ state: 'ready', code: 'GRAPH_PERMISSION_MISSING', figures: { writeLimit: 100 } });
  for (const { any, without } of optional) {
    expect(lacking?.reason?.split(`Without ${any[0]},`)).toHaveLength(2);
    expect(lacking?.reason).toContain(without);
  }
});

it('has nothing to say of an application with every permission', async () => {
  const [told] = await report(inProcess, await tokenFor(sim, leastOf(NEEDS)));
  expect(told).toMatchObject({ state: 'ready' });
  expect(told?.reason).toBeUndefined();
  expect(told?.code).toBeUndefined();
});
