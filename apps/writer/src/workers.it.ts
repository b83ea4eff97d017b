import { targetOf } from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { eventually } from '@collection-sync/testing';
import { TENANT_ID } from '@collection-sync/simulator';
import { expect, it } from 'vitest';
import { groupOf, Harness, startWorld } from '../test/writer-harness.js';
import { WriterWorkers } from './workers.js';

const AWAY = '7e57ab1e-0000-4000-8000-0000000000aa';
const RUNS = 2;
const GROUPS = 5;

it('a tenant that does not answer holds up no other, however much is due in it', async () => {
  const here = await startWorld({ devices: 3 });
  const away = await startWorld({ devices: 3, tenant: AWAY, groups: Array.from({ length: GROUPS }, () => ({})) });
  const h = await Harness.start(here.sim, { runs: RUNS, leaseMs: 20_000, deadlineMs: 15_000 });
  const credential = { kind: 'static-token', token: 'test' } as const;
  const tenants = new GraphTenants([
    { tenant: AWAY, baseUrl: away.sim.graphUrl, credential },
    { tenant: TENANT_ID, baseUrl: here.sim.graphUrl, credential },
  ]);
  Object.assign(h.writer, { graph: new MeteredGraph(tenants, h.writer.budget) });
  await away.control.fault({ face: 'graph', method: 'POST', level: 'outer', wire: 'hang' });
  const workers = new WriterWorkers(h.writer);
  try {
    for (let n = 1; n <= GROUPS; n += 1) {
      const group = groupOf(n);
      await h.first(await h.map({ tenant: AWAY, group, target: targetOf(AWAY, group) }), [1, 2]);
    }
    const underWay = () =>
      h.database.query(
        'select from run r join target t on t.id = r.target where t.tenant = $1 and r.ended_at is null',
        [AWAY],
      );
    workers.start();
    await eventually(async () => (await underWay()).length === RUNS, { what: 'runs in the tenant that is away' });
    await h.first(await h.map(), [1, 2, 3]);
    workers.wake();
    await eventually(async () => (await h.members()).length === 3, { what: 'the members to join' });
    expect(await underWay()).toHaveLength(RUNS);
  } finally {
    await away.sim.close();
    await workers.stop();
    await h.close();
    await here.sim.close();
  }
});

it('a full run that takes hours holds up no change of another group', async () => {
  const { sim, control } = await startWorld({ devices: 3, groups: [{}, {}, {}] });
  const h = await Harness.start(sim, { runs: 1 });
  const workers = new WriterWorkers(h.writer);
  try {
    const mapping = await h.map();
    const first = await h.first(mapping, [1, 2]);
    await h.converge();
    await control.fault({ face: 'graph', method: 'GET', url: `${groupOf(2)}/members`, wire: 'hang' });
    await h.first(await h.map({ group_: 2 }), [1]);
    workers.start();
    const fullRuns = () => h.database.query(`select from run where kind = 'full' and ended_at is null`);
    await eventually(async () => (await fullRuns()).length === 1, { what: 'a full run that waits for its answer' });
    await h.first(await h.map({ group_: 3 }), [1]);
    await h.delta(mapping, first.to, [3]);
    workers.wake();
    await eventually(async () => (await h.members()).length === 3, { what: 'the member to join' });
    expect(await fullRuns()).toHaveLength(1);
    expect(await h.members(3)).toEqual([]);
  } finally {
    await workers.stop();
    await h.close();
    await sim.close();
  }
});
