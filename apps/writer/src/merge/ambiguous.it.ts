import { randomUUID } from 'node:crypto';
import type { Mapping, MembershipChange } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';

// Whoever an ambiguous member may mean stays, if he is in the group. Nobody is added.

let h: Harness;
let mapping: Mapping;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld({ devices: 10, groups: Array.from({ length: 8 }, () => ({ members: [8, 9] })) });
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  mapping = await h.map({ group_: group, guard: { neverEmptyFrom: 1_000 } });
});

type Add = MembershipChange['adds'][number];
const without = (resource: number, reason: Add['reason'], ...candidates: number[]): Add => ({
  resource,
  kind: 'device',
  name: `D${resource}`,
  object: null,
  reason,
  candidates: candidates.map(objectOf),
});
const resolved = (resource: number, object: number): Add => ({
  ...without(resource, undefined),
  object: objectOf(object),
});
const ambiguous = (resource: number, ...candidates: number[]): Add =>
  without(resource, 'AmbiguousMatch', ...candidates);

/** Devices 1 and 2 are in the group, then device 1 may be 1 or 3. Returns the version merged last. */
const becomesAmbiguous = async (): Promise<number> => {
  const { to } = await h.first(mapping, [1, 2]);
  await h.converge();
  expect(await h.members(group)).toEqual([1, 2]);
  const next = await h.delta(mapping, to, [ambiguous(1, 1, 3)]);
  await h.converge();
  return next.to;
};
const full = async (adds: (number | Add)[]): Promise<void> => {
  await h.content(mapping, { mode: 'full', reason: `command:${randomUUID()}`, adds });
  await h.converge();
  expect((await h.events(group)).filter(({ event }) => event === 'completed').at(-1)).toMatchObject({ kind: 'full' });
};
const shown = async (resource: number) => (await h.shown(group)).get(String(resource));

describe('a member that becomes ambiguous', () => {
  it('stays in the group with its reason, by a delta and by a full run', async () => {
    await becomesAmbiguous();
    expect(await h.members(group)).toEqual([1, 2]);
    expect(await shown(1)).toBe('failed AmbiguousMatch');
    await full([ambiguous(1, 1, 3), 2]);
    expect(await h.members(group)).toEqual([1, 2]);
    expect(await shown(1)).toBe('failed AmbiguousMatch');
  });

  it.each([
    ['is somebody else after all', [resolved(1, 3)], [], [2, 3]],
    ['means nobody any more', [without(1, 'NoEntraRecord')], [], [2]],
    ['may mean others', [ambiguous(1, 3, 4)], [], [2]],
    ['leaves the collection', [], [1], [2]],
  ])('leaves the group when it %s', async (_what, adds, removes, left) => {
    const to = await becomesAmbiguous();
    await h.delta(mapping, to, adds, removes);
    await h.converge();
    expect(await h.members(group)).toEqual(left);
  });

  it('is not put back once somebody has taken it out in Entra', async () => {
    await becomesAmbiguous();
    await h.database.execute(`update entry set written_at = now() - interval '1 day'`);
    await h.control.editGroup(groupOf(group), { remove: [objectOf(1)] });
    await full([ambiguous(1, 1, 3), 2]);
    expect(await h.members(group)).toEqual([2]);
    expect(await shown(1)).toBe('failed AmbiguousMatch');
  });
});

it('whoever was in the group before the mapping stays, which a preview tells', async () => {
  const adds = [1, ambiguous(7, 8, 2)];
  await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds });
  await h.previews();
  expect((await h.results(group))[0]?.preview).toMatchObject({ add: 1, remove: 1, keep: 1, unresolved: 1 });
  await h.first(mapping, adds);
  await h.converge();
  expect(await h.members(group)).toEqual([1, 8]);
});
