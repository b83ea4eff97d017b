import type { FaultInput } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf, Harness, objectOf, startWorld } from '../../test/writer-harness.js';

const SLOW_MS = 600_000;
const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;

beforeAll(async () => {
  world = await startWorld({ devices: 60, groups: [{}, {}, {}, {}] });
  const retry = { firstMs: 20, mostMs: 200, attempts: 4, slowFirstMs: SLOW_MS, slowMostMs: SLOW_MS };
  h = await Harness.start(world.sim, { retry });
});

afterAll(async () => {
  await h.close();
  await world.sim.close();
});

const failing = (group: number, fault: Omit<FaultInput, 'face'>): Promise<unknown> =>
  h.control.fault({ face: 'graph', level: 'part', group: groupOf(group), ...fault });

describe('retries fit the reason', () => {
  it('an object that the write side does not know yet joins as soon as it does', async () => {
    const mapping = await h.map();
    const { to } = await h.first(mapping, [1]);
    await h.converge();
    const message = `Resource '${objectOf(2)}' does not exist or one of its queried reference-property objects are not present.`;
    await failing(1, { method: 'POST', times: 3, status: 404, code: 'Request_ResourceNotFound', message });
    await h.delta(mapping, to, [2]);
    await h.converge();
    expect(await h.members()).toEqual([1, 2]);
    expect(await h.last('completed')).toMatchObject({
      counts: { outcomes: { applied: 1, failed: 0 }, unaccounted: 0 },
    });
  });

  it.each([
    [2, 500, 'InternalServerError'],
    [3, 409, 'Directory_ConcurrencyViolation'],
  ])(
    'when Graph works again for one member of a group, all go that wait for the same reason (%#)',
    async (group, status, code) => {
      const mapping = await h.map({ group_: group });
      await failing(group, { status, code });
      await h.first(mapping, many(1, 50));
      await h.converge();
      expect(await h.members(group)).toEqual([]);
      await h.control.clearFaults();
      await h.database.query(
        `update entry set retry_at = clock_timestamp() where object = $1 and target = (select id from target where target = $2)`,
        [objectOf(7), h.target(group)],
      );
      await h.database.query(`update target set due_at = clock_timestamp() where target = $1`, [h.target(group)]);
      await h.run();
      expect(await h.members(group)).toEqual(many(1, 50));
      expect((await h.last('completed', group))?.counts).toMatchObject({ outcomes: { applied: 50 }, unaccounted: 0 });
    },
  );

  it('a member that is refused for its own sake wakes nobody, and waits', async () => {
    const mapping = await h.map({ group_: 4 });
    await failing(4, { method: 'POST', status: 400, code: 'Whatever', message: 'never seen' });
    await failing(4, { method: 'PATCH', status: 400, code: 'Whatever', message: 'never seen' });
    await h.first(mapping, [1, 2]);
    await h.converge();
    const since = Math.max(...(await h.control.journal()).map(({ n }) => n));
    await h.run();
    expect(await h.writes(4, since)).toEqual([]);
    expect(new Set((await h.shown(4)).values())).toEqual(new Set(['failed RequestRefused']));
  });
});
