import { afterAll, beforeAll, expect, it } from 'vitest';
import { Harness, startWorld } from '../../test/writer-harness.js';
import { reportLedgerVersions } from './report-ledger-versions.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
beforeAll(async () => {
  world = await startWorld({ devices: 2, groups: [{}, {}, {}] });
  h = await Harness.start(world.sim);
});
afterAll(async () => {
  await h?.close();
  await world?.sim.close();
});

const published = async (group: number) =>
  (await h.events(group)).flatMap((event) => (event.event === 'ledger-version' ? [event.version] : []));

it('reports of every active target what was merged last', async () => {
  const { to } = await h.first(await h.map(), [1, 2]);
  await h.map({ group_: 2 });
  await h.map({ group_: 3, state: 'paused' });
  await h.converge();
  await reportLedgerVersions(h.writer, new AbortController().signal);
  expect([await published(1), await published(2), await published(3)]).toEqual([[to], [0], []]);
});
