import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf, Harness } from '../../test/writer-harness.js';

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
const LOOSE = { maxRemovals: 1_000, maxShare: 1 };

let atPoint: (name: string) => Promise<void> = () => Promise.resolve();
let h: Harness;

beforeAll(async () => {
  h = await Harness.inWorld(
    { devices: 700, groups: [{}, {}, {}], simulator: { graph: { removeMissing: '404' } } },
    { onPoint: (name) => atPoint(name) },
  );
});

afterAll(() => h.close());

/** Deletes the group when the n-th batch of a run was answered. */
const deleteAfter = (batches: number, group: number): void => {
  let answered = 0;
  atPoint = async (name) => {
    if (name !== 'writer.answers-stored' || ++answered !== batches) return;
    await h.control.send('DELETE', `/groups/${groupOf(group)}`);
  };
};

const lastCall = async (): Promise<number> => Math.max(...(await h.control.journal()).map(({ n }) => n));

const synchronised = async (group: number, members: number[]) => {
  atPoint = () => Promise.resolve();
  const mapping = await h.map({ group_: group, guard: LOOSE });
  const content = await h.first(mapping, members);
  await h.converge();
  expect(await h.members(group)).toEqual(members);
  return { mapping, to: content.to };
};

describe('a group that is deleted in the middle of a run', () => {
  it('is noticed by the next batch of removals, though an earlier removal had to have the group looked at', async () => {
    const { mapping, to } = await synchronised(1, many(1, 662));
    await h.control.editGroup(groupOf(1), { remove: many(1, 20).map((n) => `D${n}`) });
    await h.delta(mapping, to, [], many(1, 650));
    await h.merge();
    const since = await lastCall();
    deleteAfter(3, 1);
    await h.runOne();
    expect(await h.writes(1, since)).toHaveLength(4 * 20);
    expect(await h.last('failed', 1)).toMatchObject({ code: 'GroupNotFound', counts: { unaccounted: 0 } });
    const shown = await h.shown(1);
    expect([...shown.keys()].map(Number)).toEqual(many(651, 12));
    expect(new Set(shown.values())).toEqual(new Set(['failed GroupNotFound']));
  });

  it('is noticed by the next batch of adds, which are not taken apart', async () => {
    const { mapping, to } = await synchronised(2, [1]);
    await h.delta(mapping, to, many(2, 400));
    await h.merge();
    const since = await lastCall();
    deleteAfter(1, 2);
    await h.runOne();
    expect(await h.writes(2, since)).toHaveLength(2 * 5);
    expect(new Set((await h.shown(2)).values())).toEqual(new Set(['failed GroupNotFound']));
  });

  it('is compared first when it comes back, and nobody is written who is there', async () => {
    const { mapping, to } = await synchronised(3, [1, 2, 3]);
    await h.delta(mapping, to, [4], []);
    await h.merge();
    await h.control.send('DELETE', `/groups/${groupOf(3)}`);
    await h.runOne();
    expect([...(await h.shown(3)).values()]).toEqual(Array.from({ length: 4 }, () => 'failed GroupNotFound'));
    await h.control.send('POST', `/directory/${groupOf(3)}/restore`);
    await h.database.query('update target set due_at = clock_timestamp() where target = $1', [h.target(3)]);
    const since = await lastCall();
    await h.runOne();
    expect(await h.members(3)).toEqual([1, 2, 3, 4]);
    expect(await h.writes(3, since)).toEqual(['POST 4 204']);
    expect([...(await h.shown(3)).values()]).toEqual(Array.from({ length: 4 }, () => 'applied'));
  });
});
