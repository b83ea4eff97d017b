import type { Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fuse } from '../../test/fuse.js';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';

let h: Harness;
let group = 0;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 500,
    groups: [{ members: many(1, 20) }, ...Array.from({ length: 30 }, () => ({}))],
  });
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  await h.control.clearFaults();
});

const begin = async (adds: number[], guard: object): Promise<{ mapping: Mapping; version: number }> => {
  const mapping = await h.map({ group_: group, guard });
  const { to } = await h.first(mapping, adds);
  await h.converge();
  return { mapping, version: to };
};
const held = async () => h.last('held', group);

describe('the removal guard', () => {
  it('judges the first run too', async () => {
    expect(group).toBe(1);
    const mapping = await h.map({ group_: group, guard: { maxRemovals: 5 } });
    await h.first(mapping, [1, 50]);
    await h.converge();
    expect(await h.members(group)).toEqual([...many(1, 20), 50]);
    expect(await held()).toMatchObject({ removals: 19 });
  });

  it('lets pass what is within the limits and records the margin', async () => {
    await begin(many(1, 60), { maxRemovals: 10 });
    const planned = await h.last('planned', group);
    expect(planned?.guard).toMatchObject({ held: false, margin: 10 });
  });

  it('holds what passes a limit as a plan, while adds flow', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    await h.delta(mapping, version, [50], many(1, 4));
    await h.converge();
    expect(await h.members(group)).toEqual([...many(1, 20), 50]);
    expect(await held()).toMatchObject({ removals: 4, guard: { held: true, limit: 'maxRemovals', counted: 4 } });
    expect((await h.shown(group)).get('1')).toBe('held RemovalHeld');
  });

  it('removes what was approved and is still unwanted: less than approved, never more', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 5));
    await h.converge();
    const plan = (await held())?.plan;
    await h.delta(mapping, second.to, [2], [9]);
    await h.converge();
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
    await h.converge();
    const plan = (await held())?.plan;
    await h.command('reject', { group_: group, plan });
    expect((await h.shown(group)).get('1')).toBe('held RemovalRejected');
    const third = await h.delta(mapping, second.to, [1]);
    await h.converge();
    expect((await h.shown(group)).get('1')).toBe('applied');
    expect(await h.members(group)).toEqual(many(1, 20));
    await h.content(mapping, { mode: 'full', reason: 'command:x', adds: [1, ...many(6, 15)] });
    await h.converge();
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

  it('leaves what is kept as unmanaged in every full run, until it is approved after all', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    await h.delta(mapping, version, [], many(1, 5));
    await h.converge();
    const plan = (await held())?.plan;
    await h.command('reject', { group_: group, plan });
    await h.command('reject', { group_: group, plan, keep: true });
    expect(await h.last('plan-closed', group)).toMatchObject({ state: 'rejected', kept: true, by: 'tester', plan });
    expect((await h.shown(group)).get('1')).toBe('held KeptUnmanaged');
    await h.content(mapping, { mode: 'full', reason: 'command:x', adds: many(6, 15) });
    await h.converge();
    expect(await h.members(group)).toEqual(many(1, 20));
    expect((await held())?.plan).toBe(plan);
    await h.command('approve', { group_: group, plan });
    await h.run();
    expect(await h.members(group)).toEqual(many(6, 15));
  });

  it('removes only the part of a plan that was approved; the rest stays held', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    await h.delta(mapping, version, [], many(1, 5));
    await h.converge();
    const plan = (await held())?.plan ?? '';
    await h.command('approve', { group_: group, part: { plan, objects: [objectOf(2), objectOf(4), objectOf(9)] } });
    expect(await h.last('command-answered', group)).toMatchObject({
      accepted: true,
      message: '2 removals were approved.',
    });
    await h.run();
    expect(await h.members(group)).toEqual(many(1, 20).filter((n) => n !== 2 && n !== 4));
    expect((await h.shown(group)).get('1')).toBe('held RemovalHeld');
    expect(await h.last('plan-closed', group)).toBeUndefined();
    await h.command('approve', { group_: group, part: { plan, objects: [1, 3, 5].map(objectOf) } });
    await h.run();
    expect(await h.members(group)).toEqual(many(6, 15));
    expect(await h.last('plan-closed', group)).toMatchObject({ state: 'approved', plan });
  });

  it('names unmanaged members that it holds', async () => {
    const mapping = await h.map({ group_: group, guard: { maxRemovals: 0 } });
    await h.control.editGroup(groupOf(group), { add: [objectOf(7)] });
    await h.first(mapping, [50]);
    await h.converge();
    const names = await h.database.query<{ name: string }>(
      `select e.name from entry e join target t on t.id = e.target where t.target = $1 and e.plan is not null`,
      [h.target(group)],
    );
    expect(names).toEqual([{ name: expect.stringMatching(/\w/) }]);
  });

  it('lets a plan expire by the database clock', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    await h.delta(mapping, version, [], many(1, 4));
    await h.converge();
    const plan = (await held())?.plan;
    await h.database.query('update plan set expires_at = clock_timestamp() where id = $1', [plan]);
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
    await h.converge();
    expect(await h.last('plan-closed', group)).toMatchObject({ state: 'emptied' });
    expect(await h.members(group)).toEqual(many(1, 20));
  });

  it('catches a slow drip by what left in the last 24 hours, whatever became of the mapping', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 5 });
    let from = version;
    for (const n of [1, 2, 3]) {
      from = (await h.delta(mapping, from, [], [n])).to;
      await h.converge();
    }
    expect(await h.members(group)).toHaveLength(17);
    await h.map({ group_: group, state: 'deleting', onDelete: 'leave' });
    await h.map({ group_: group, state: 'deleted' });
    const again = await h.map({ group_: group, guard: { maxRemovals: 5 } });
    const first = await h.first(again, many(4, 17));
    await h.converge();
    await h.delta(again, first.to, [], [4, 5, 6]);
    await h.converge();
    expect(await h.members(group)).toHaveLength(17);
    expect(await held()).toMatchObject({ removals: 3, guard: { counted: 6, limit: 'maxRemovals' } });
    await h.database.query(`update departure set at = at - interval '25 h'`);
  });

  it('does not count what was approved', async () => {
    const { mapping, version } = await begin(many(1, 20), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 4));
    await h.converge();
    await h.command('approve', { group_: group, plan: (await held())?.plan });
    await h.run();
    await h.delta(mapping, second.to, [], many(5, 3));
    await h.converge();
    expect(await h.members(group)).toEqual(many(8, 13));
  });

  it('holds a share of a group of 50', async () => {
    const { mapping, version } = await begin(many(1, 60), {});
    await h.delta(mapping, version, [], many(1, 16));
    await h.converge();
    expect(await held()).toMatchObject({ removals: 16, guard: { limit: 'maxShare', size: 60 } });
  });

  it('always holds the emptying of a group of 10, also drop by drop', async () => {
    const { mapping, version } = await begin(many(1, 10), {});
    let from = version;
    for (const n of many(1, 9)) {
      from = (await h.delta(mapping, from, [], [n])).to;
      await h.converge();
    }
    expect(await h.members(group)).toEqual([10]);
    await h.delta(mapping, from, [], [10]);
    await h.converge();
    expect(await h.members(group)).toEqual([10]);
    expect(await held()).toMatchObject({ removals: 1, guard: { limit: 'emptying', size: 10 } });
  });

  it('holds the replacement of everybody: none of the members stays', async () => {
    const { mapping, version } = await begin(many(1, 12), {});
    await h.content(mapping, { adds: many(31, 12), to: version + 1 });
    await h.converge();
    expect(await h.members(group)).toEqual([...many(1, 12), ...many(31, 12)]);
    expect(await held()).toMatchObject({ removals: 12, guard: { limit: 'emptying' } });
  });

  it('guards what stands in the way of a later removal for itself', async () => {
    const { mapping, version } = await begin(many(1, 30), { maxRemovals: 3 });
    const second = await h.delta(mapping, version, [], many(1, 4));
    await h.converge();
    const first = (await held())?.plan;
    await h.delta(mapping, second.to, [], [5, 6]);
    await h.converge();
    expect((await held())?.plan).toBe(first);
    expect(await h.members(group)).toEqual(many(1, 30).filter((n) => ![5, 6].includes(n)));
  });

  it('counts a removal under way, and holds none twice in a full run', async () => {
    const { mapping, version } = await begin(many(1, 30), { maxRemovals: 3 });
    await h.delta(mapping, version, [], many(1, 4));
    await h.converge();
    const before = (await h.events(group)).filter(({ event }) => event === 'held').length;
    await h.content(mapping, { mode: 'full', reason: 'command:y', adds: many(5, 26) });
    await h.converge();
    expect((await h.events(group)).filter(({ event }) => event === 'held')).toHaveLength(before);
    expect(await h.members(group)).toEqual(many(1, 30));
  });

  it('forgets the limits of nobody: an unmanaged member found by a full run is a removal like others', async () => {
    const { mapping } = await begin(many(1, 12), { maxRemovals: 1 });
    await h.control.editGroup(`Group${group}`, { add: [objectOf(91), objectOf(92)] });
    await h.content(mapping, { mode: 'full', reason: 'command:z', adds: many(1, 12) });
    await h.converge();
    expect(await held()).toMatchObject({ removals: 2, guard: { limit: 'maxRemovals' } });
    expect(await h.members(group)).toEqual([...many(1, 12), 91, 92]);
    await h.command('approve', { group_: group, plan: (await held())?.plan });
    await h.run();
    expect(await h.members(group)).toEqual(many(1, 12));
  });

  it('lets a single removal of a small group pass, and holds the emptying of a group of two', async () => {
    const { mapping, version } = await begin([1], {});
    const second = await h.delta(mapping, version, [], [1]);
    await h.converge();
    expect(await h.members(group)).toEqual([]);
    await h.database.query(`update departure set at = at - interval '25 h'`);
    const third = await h.delta(mapping, second.to, [1, 2]);
    await h.converge();
    await h.delta(mapping, third.to, [], [1, 2]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2]);
    expect(await held()).toMatchObject({ removals: 2, guard: { limit: 'emptying', size: 2 } });
  });

  it('holds the exchange of 100 members for 100 others, who join at once', async () => {
    const { mapping, version } = await begin(many(1, 100), { maxShare: 1 });
    await h.delta(mapping, version, many(101, 100), many(1, 100));
    await h.converge();
    expect(await h.members(group)).toEqual(many(1, 200));
    expect(await held()).toMatchObject({ removals: 100, guard: { limit: 'emptying', counted: 100, size: 100 } });
  });
});

/** What Graph answers to every single write from now on, without doing it. */
const refuse = async (...methods: string[]): Promise<void> => {
  for (const method of methods) {
    const fault = { method, level: 'part', status: 503, times: 10_000, applied: 'none' } as const;
    await h.control.fault({ face: 'graph', ...fault });
  }
};

describe('what cannot be known counts against removal', () => {
  it('but adds under way are no removals', async () => {
    const { mapping, version } = await begin(many(1, 60), {});
    const second = await h.delta(mapping, version, many(61, 20));
    await h.merge();
    let counted: number | undefined;
    const onPoint = async (name: string) => {
      if (name !== 'writer.answer-received' || counted !== undefined) return;
      await h.delta(mapping, second.to, [], [1]);
      await h.merge();
      counted = (await h.last('merged', group))?.guard?.counted;
    };
    await h.replica({ onPoint }).run();
    expect(counted).toBe(1);
    expect(await held()).toBeUndefined();
    expect(await h.members(group)).toEqual(many(2, 79));
  });

  it('an add without an answer neither stays nor counts in the size', async () => {
    const { mapping, version } = await begin(many(1, 12), {});
    await refuse('PATCH', 'POST');
    const second = await h.delta(mapping, version, [50]);
    await h.converge();
    await h.delta(mapping, second.to, [], many(1, 12));
    await h.converge();
    expect(await held()).toMatchObject({ removals: 12, guard: { limit: 'emptying', counted: 12, size: 12 } });
    expect(await h.members(group)).toEqual(many(1, 12));
  });

  it('the share is that of the members, not of adds that never landed', async () => {
    const { mapping, version } = await begin(many(1, 60), {});
    await refuse('PATCH', 'POST');
    const second = await h.delta(mapping, version, many(100, 400));
    await h.converge();
    await h.delta(mapping, second.to, [], many(1, 59));
    await h.converge();
    expect(await held()).toMatchObject({ removals: 59, guard: { limit: 'maxShare', counted: 59, size: 60 } });
    expect(await h.members(group)).toEqual(many(1, 60));
  });

  it('an add without an answer that is no longer wanted is a removal', async () => {
    const { mapping, version } = await begin(many(1, 3), { maxRemovals: 2 });
    await refuse('PATCH', 'POST', 'DELETE');
    const second = await h.delta(mapping, version, [50, 51]);
    await h.converge();
    const third = await h.delta(mapping, second.to, [], [50, 51]);
    await h.converge();
    await h.delta(mapping, third.to, [], [1]);
    await h.converge();
    expect(await held()).toMatchObject({ removals: 1, guard: { limit: 'maxRemovals', counted: 3, size: 3 } });
  });

  it('a removal without an answer counts although it is wanted again', async () => {
    const { mapping, version } = await begin(many(1, 3), {});
    await refuse('DELETE', 'POST');
    const second = await h.delta(mapping, version, [], [1]);
    await h.converge();
    const third = await h.delta(mapping, second.to, [1]);
    await h.merge();
    expect((await h.shown(group)).get('1')).toBe('pending');
    await h.delta(mapping, third.to, [], [2, 3]);
    await h.converge();
    expect(await held()).toMatchObject({ removals: 2, guard: { limit: 'emptying', counted: 3, size: 3 } });
    expect(await h.members(group)).toEqual([1, 2, 3]);
  });

  it('a removal that a writer took to its grave counts although it is wanted again, and although its mapping is gone', async () => {
    const { mapping, version } = await begin(many(1, 3), { maxRemovals: 1 });
    const fuse = new Fuse();
    const second = await h.delta(mapping, version, [], [1]);
    await h.merge();
    const dying = h.replica({ onPoint: fuse.at('writer.answer-received') }, fuse);
    await expect(dying.run()).rejects.toThrow();
    expect(await h.members(group)).toEqual([2, 3]);
    const third = await h.delta(mapping, second.to, [1]);
    await h.merge();
    await h.delta(mapping, third.to, [], [2]);
    await h.merge();
    expect(await held()).toMatchObject({ removals: 1, guard: { limit: 'maxRemovals', counted: 2, size: 3 } });
    await h.map({ group_: group, state: 'deleting', onDelete: 'leave' });
    const again = await h.map({ group_: group, guard: { maxRemovals: 1 } });
    await h.first(again, [3]);
    await h.converge();
    expect(await held()).toMatchObject({ removals: 1, guard: { limit: 'maxRemovals', counted: 2, size: 3 } });
    expect(await h.members(group)).toEqual([2, 3]);
  });

  it('a removal that was done although its answer was lost has left, once', async () => {
    const { mapping, version } = await begin(many(1, 4), { maxRemovals: 2 });
    await h.control.fault({ face: 'graph', url: '\\$batch', level: 'outer', wire: 'reset', times: 1, applied: 'all' });
    const second = await h.delta(mapping, version, [], [1]);
    await h.converge();
    expect(await h.members(group)).toEqual([2, 3, 4]);
    // the listing of a full run shows for a while who has left
    await h.control.editGroup(`Group${group}`, { add: [objectOf(1)] });
    await h.content(mapping, { mode: 'full', reason: 'command:lag', adds: [2, 3, 4], to: second.to });
    await h.merge();
    const onPoint = async (name: string) => {
      if (name === 'writer.listed') await h.control.editGroup(`Group${group}`, { remove: [objectOf(1)] });
    };
    await h.replica({ onPoint }).run();
    await h.delta(mapping, second.to, [], [2]);
    await h.converge();
    expect((await h.last('merged', group))?.guard).toMatchObject({ held: false, counted: 2, size: 4 });
    expect(await h.members(group)).toEqual([3, 4]);
  });

  it('the size counts what left with an approval, the limits do not', async () => {
    const { mapping, version } = await begin(many(1, 4), { maxRemovals: 1 });
    const second = await h.delta(mapping, version, [], [1, 2, 3]);
    await h.converge();
    await h.command('approve', { group_: group, plan: (await held())?.plan });
    await h.run();
    expect(await h.members(group)).toEqual([4]);
    await h.delta(mapping, second.to, [], [4]);
    await h.converge();
    expect(await held()).toMatchObject({ removals: 1, guard: { limit: 'emptying', counted: 1, size: 4 } });
  });
});
