import { upstreamEvent } from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { InProcessBudget } from '@collection-sync/redis';
import { TENANT_ID } from '@collection-sync/simulator';
import { expect, it } from 'vitest';
import { Harness, startWorld } from '../../test/writer-harness.js';
import { reportBudgets } from './report-budgets.js';

it('tells what is left of the write budget, how much there can be, and how fast it fills', async () => {
  const { sim } = await startWorld({ devices: 1 });
  const harness = await Harness.start(sim);
  const tenants = new GraphTenants([
    {
      tenant: TENANT_ID,
      baseUrl: sim.graphUrl,
      credential: { kind: 'static-token', token: 'test' },
      budget: { writes: 1_000, reserve: 0.9 },
    },
  ]);
  const budget = new InProcessBudget((tenant) => tenants.budget(tenant));
  await reportBudgets({ ...harness.writer, graph: new MeteredGraph(tenants, budget), budget });
  const [row] = await harness.database.query<{ value: string }>('select value from outbox');
  const { kind, name, figures } = upstreamEvent.parse(JSON.parse(row?.value ?? ''));
  expect({ kind, name, figures }).toEqual({
    kind: 'budget',
    name: TENANT_ID,
    figures: {
      writes: 0,
      writeLimit: 100,
      writeWindowMs: 150_000,
      units: expect.any(Number),
      patchWeight: 1,
      blockedMs: 0,
      throttled: 0,
    },
  });
  await harness.close();
  await sim.close();
});
