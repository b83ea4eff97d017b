import type { Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RowCounter } from '../../test/row-counter.js';
import { Harness, startWorld } from '../../test/writer-harness.js';
import { mergeNext } from './merge-next.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
let group = 0;
let mapping: Mapping;

beforeAll(async () => {
  world = await startWorld({ devices: 40, groups: Array.from({ length: 20 }, () => ({})) });
  h = await Harness.start(world.sim, { mergeChunks: 2 });
});

afterAll(async () => {
  await h?.close();
  await world?.sim.close();
});

beforeEach(async () => {
  group += 1;
  mapping = await h.map({ group_: group, guard: { neverEmptyFrom: 1_000, maxShare: 1 } });
});

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const mergedOf = async (at: number): Promise<number> =>
  (await h.events(at)).filter(({ event }) => event === 'merged').length;

describe('a merge in steps', () => {
  it('takes turns with the merges of other targets, and tells its members as it goes', async () => {
    const other = await h.map({ group_: group + 1 });
    await h.chunked(mapping, { adds: numbers(1, 20) }, 2);
    await mergeNext(h.writer);
    expect([(await h.shown(group)).size, await mergedOf(group)]).toEqual([4, 0]);
    await h.first(other, [1]);
    for (let steps = 0; (await mergedOf(group + 1)) === 0; steps += 1) {
      expect(steps).toBeLessThan(2);
      await mergeNext(h.writer);
    }
    expect(await mergedOf(group)).toBe(0);
    await h.merge();
    expect([(await h.shown(group)).size, await mergedOf(group)]).toEqual([20, 1]);
    group += 1;
  });

  it('goes on beside a target whose row is locked, and behind a writer that died in the middle', async () => {
    const other = await h.map({ group_: group + 1 });
    await h.chunked(mapping, { adds: numbers(1, 10) }, 2);
    await mergeNext(h.writer);
    await h.first(other, [1]);
    await h.database.transaction(async (tx) => {
      await tx.query('select 1 from target where target = $1 for update', [mapping.target]);
      await h.merge();
    });
    expect([await mergedOf(group), await mergedOf(group + 1)]).toEqual([0, 1]);
    while (await mergeNext(h.replica().writer));
    expect([(await h.shown(group)).size, await mergedOf(group)]).toEqual([10, 1]);
    group += 1;
  });

  it('removes nobody before its last step, and then those that it does not name', async () => {
    await h.first(mapping, numbers(1, 12));
    await h.converge();
    await h.chunked(mapping, { mode: 'full', reason: 'command:1', adds: numbers(7, 20) }, 2);
    await mergeNext(h.writer);
    await h.database.query(`update target set due = 'full', due_at = clock_timestamp() where target = $1`, [
      mapping.target,
    ]);
    await h.run();
    expect(await h.members(group)).toEqual(numbers(1, 12));
    await h.converge();
    expect(await h.members(group)).toEqual(numbers(7, 20));
  });

  it('has all its removals judged together', async () => {
    const guarded = await h.map({ group_: group, guard: { maxRemovals: 5, maxShare: 1 } });
    await h.first(guarded, numbers(1, 30));
    await h.converge();
    await h.chunked(guarded, { adds: numbers(13, 30) }, 2);
    await h.converge();
    expect(await h.members(group)).toEqual(numbers(1, 30));
    expect(await h.last('held', group)).toMatchObject({ removals: 12 });
  });

  it('is given up when its mapping is resumed in the middle, and the next complete is merged whole', async () => {
    await h.chunked(mapping, { adds: numbers(1, 10) }, 2);
    await mergeNext(h.writer);
    const resumed = await h.map({ group_: group });
    await h.merge();
    expect(await mergedOf(group)).toBe(0);
    await h.first(resumed, [2, 3, 11]);
    await h.converge();
    expect(await h.members(group)).toEqual([2, 3, 11]);
  });
});

it('costs a few reads for each member, whatever the statistics say of a target that is new', async () => {
  await h.first(mapping, numbers(1, 40));
  await h.converge();
  await h.database.query('analyze');
  const members = 3_000;
  const large = await h.map({ group_: group + 1, guard: { neverEmptyFrom: 10_000, maxShare: 1, maxRemovals: 10_000 } });
  const counter = new RowCounter();
  const writer = { ...h.writer, database: counter.database(h.database) };
  const reads = async (): Promise<number> => {
    counter.read = 0;
    while (await mergeNext(writer));
    return counter.read / members;
  };
  await h.chunked(large, { adds: numbers(10_001, 10_000 + members) }, 1_000);
  expect(await reads()).toBeLessThan(30);
  await h.chunked(large, { adds: numbers(10_501, 10_000 + members) }, 1_000);
  expect(await reads()).toBeLessThan(30);
  await h.chunked(large, { adds: [1] }, 1_000);
  expect(await reads()).toBeLessThan(30);
  group += 1;
});
