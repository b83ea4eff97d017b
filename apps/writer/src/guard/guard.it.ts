import type { Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Harness, objectOf, startWorld } from '../../test/writer-harness.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
let group = 0;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

beforeAll(async () => {
  world = await startWorld({
    devices: 100,
    groups: [...Array.from({ length: 14 }, () => ({})), { members: many(1, 20) }, { members: many(1, 6) }],
  });
  h = await Harness.start(world.sim);
});

afterAll(async () => {
  await h.close();
  await world.sim.close();
});

beforeEach(() => {
  group += 1;
});

const begin = async (adds: number[], guard: object): Promise<{ mapping: Mapping; version: number }> => {
  const mapping = await h.map({ group_: group, guard });
  const { to } = await h.first(mapping, adds);
  await h.settle();
  return { mapping, version: to };
};
const held = async () => h.last('held', group);

describe('the removal guard', () => {
  it('lets pass what is within the limits and records the margin', async () => {
    await begin(many(1, 60), { maxRemovals: 10 });
    const planned = await h.last('planned', group);
    expect(planned?.guard).toMatchObject({ held: false, margin: 10 });
  });

  it('holds what passes a limit as a plan, while adds flow', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    await h.delta(mapping, version, [50], many(1, 4));
    await h.settle();
    expect(await h.members(group)).toEqual([...many(1, 20), 50]);
    expect(await held()).toMatchObject({ removals: 4, guard: { held: true, limit: 'maxRemovals', counted: 4 } });
    expect((await h.shown(group)).get('1')).toBe('held RemovalHeld');
  });

  it('removes what was approved and is still unwanted: less than approved, never more', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 5));
    await h.settle();
    const plan = (await held())?.plan;
    await h.delta(mapping, second.to, [2], [9]);
    await h.settle();
    expect(await h.members(group)).toEqual(many(1, 20).filter((n) => n !== 9));
    await h.command('approve', { group_: group, plan });
    await h.run();
    expect(await h.members(group)).toEqual(many(1, 20).filter((n) => ![1, 3, 4, 5, 9].includes(n)));
    expect(await h.last('plan-closed', group)).toMatchObject({ state: 'approved', by: 'tester', plan });
    await h.command('approve', { group_: group, plan });
    expect(await h.last('command-answered', group)).toMatchObject({ accepted: false });
  });

  it('keeps what was rejected until it is wanted again or a full run plans it anew', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 5));
    await h.settle();
    const plan = (await held())?.plan;
    await h.command('reject', { group_: group, plan });
    expect((await h.shown(group)).get('1')).toBe('held RemovalRejected');
    const third = await h.delta(mapping, second.to, [1]);
    await h.settle();
    expect((await h.shown(group)).get('1')).toBe('applied');
    expect(await h.members(group)).toEqual(many(1, 20));
    await h.content(mapping, { mode: 'full', reason: 'command:x', adds: [1, ...many(6, 15)] });
    await h.settle();
    const anew = await held();
    expect(anew).toMatchObject({ removals: 4 });
    expect(anew?.plan).not.toBe(plan);
    expect(await h.members(group)).toEqual(many(1, 20));
    expect(third.to).toBeGreaterThan(second.to);
    expect((await h.last('completed', group))?.counts).toMatchObject({
      planned: 4,
      outcomes: { held: 4 },
      unaccounted: 0,
    });
  });

  it('lets a plan expire by the database clock', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3, expiresAfterHours: 0.0001 });
    await h.delta(mapping, version, [], many(1, 4));
    await h.settle();
    const plan = (await held())?.plan;
    await new Promise((resolve) => setTimeout(resolve, 400));
    await h.command('approve', { group_: group, plan });
    expect(await h.last('command-answered', group)).toMatchObject({ accepted: false });
    await h.expire();
    expect(await h.last('plan-closed', group)).toMatchObject({ state: 'expired', plan });
    expect((await h.shown(group)).get('1')).toBe('held RemovalExpired');
    expect(await h.members(group)).toEqual(many(1, 20));
  });

  it('closes a plan that nothing is left of', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 1 });
    const second = await h.delta(mapping, version, [], [1, 2]);
    await h.merge();
    await h.delta(mapping, second.to, [1, 2]);
    await h.settle();
    expect(await h.last('plan-closed', group)).toMatchObject({ state: 'emptied' });
    expect(await h.members(group)).toEqual(many(1, 20));
  });

  it('catches a slow drip by what left in the last 24 hours, whatever became of the mapping', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 5 });
    let from = version;
    for (const n of [1, 2, 3]) {
      from = (await h.delta(mapping, from, [], [n])).to;
      await h.settle();
    }
    expect(await h.members(group)).toHaveLength(17);
    await h.map({ group_: group, state: 'deleting', onDelete: 'leave' });
    await h.map({ group_: group, state: 'deleted' });
    const again = await h.map({ group_: group, guard: { maxRemovals: 5 } });
    const first = await h.first(again, many(4, 17));
    await h.settle();
    await h.delta(again, first.to, [], [4, 5, 6]);
    await h.settle();
    expect(await h.members(group)).toHaveLength(17);
    expect(await held()).toMatchObject({ removals: 3, guard: { counted: 6, limit: 'maxRemovals' } });
    await h.database.query(`update departure set at = at - interval '25 h'`);
  });

  it('does not count what was approved', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 4));
    await h.settle();
    await h.command('approve', { group_: group, plan: (await held())?.plan });
    await h.run();
    await h.delta(mapping, second.to, [], many(5, 3));
    await h.settle();
    expect(await h.members(group)).toEqual(many(8, 13));
  });

  it('holds a share of a group of 50', async () => {
    const { mapping, version } = await begin(many(1, 60), {});
    await h.delta(mapping, version, [], many(1, 16));
    await h.settle();
    expect(await held()).toMatchObject({ removals: 16, guard: { limit: 'maxShare', size: 60 } });
  });

  it('always holds the emptying of a group of 10, also drop by drop', async () => {
    const { mapping, version } = await begin(many(1, 10), {});
    let from = version;
    for (const n of many(1, 9)) {
      from = (await h.delta(mapping, from, [], [n])).to;
      await h.settle();
    }
    expect(await h.members(group)).toEqual([10]);
    await h.delta(mapping, from, [], [10]);
    await h.settle();
    expect(await h.members(group)).toEqual([10]);
    expect(await held()).toMatchObject({ removals: 1, guard: { limit: 'emptying', size: 10 } });
  });

  it('holds the replacement of everybody: none of the members stays', async () => {
    const { mapping, version } = await begin(many(1, 12), {});
    await h.content(mapping, { adds: many(31, 12), to: version + 1 });
    await h.settle();
    expect(await h.members(group)).toEqual([...many(1, 12), ...many(31, 12)]);
    expect(await held()).toMatchObject({ removals: 12, guard: { limit: 'emptying' } });
  });

  it('guards what stands in the way of a later removal for itself', async () => {
    const { mapping, version } = await begin(many(1, 30), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 4));
    await h.settle();
    const first = (await held())?.plan;
    await h.delta(mapping, second.to, [], [5, 6]);
    await h.settle();
    expect((await held())?.plan).toBe(first);
    expect(await h.members(group)).toEqual(many(1, 30).filter((n) => ![5, 6].includes(n)));
  });

  it('counts a removal under way, and holds none twice in a full run', async () => {
    const { mapping, version } = await begin(many(1, 30), { maxRemovals: 3 });
    await h.delta(mapping, version, [], many(1, 4));
    await h.settle();
    const before = (await h.events(group)).filter(({ event }) => event === 'held').length;
    await h.content(mapping, { mode: 'full', reason: 'command:y', adds: many(5, 26) });
    await h.settle();
    expect((await h.events(group)).filter(({ event }) => event === 'held')).toHaveLength(before);
    expect(await h.members(group)).toEqual(many(1, 30));
  });

  it('forgets the limits of nobody: a stranger found by a full run is a removal like others', async () => {
    const { mapping } = await begin(many(1, 12), { maxRemovals: 1 });
    await h.control.editGroup(`Group${group}`, { add: [objectOf(91), objectOf(92)] });
    await h.content(mapping, { mode: 'full', reason: 'command:z', adds: many(1, 12) });
    await h.settle();
    expect(await held()).toMatchObject({ removals: 2, guard: { limit: 'maxRemovals' } });
    expect(await h.members(group)).toEqual([...many(1, 12), 91, 92]);
    await h.command('approve', { group_: group, plan: (await held())?.plan });
    await h.run();
    expect(await h.members(group)).toEqual(many(1, 12));
  });

  it('judges the first run too', async () => {
    expect(group).toBe(15);
    const mapping = await h.map({ group_: group, guard: { maxRemovals: 5 } });
    await h.first(mapping, [1, 50]);
    await h.settle();
    expect(await h.members(group)).toEqual([...many(1, 20), 50]);
    expect(await held()).toMatchObject({ removals: 19 });
  });
});
