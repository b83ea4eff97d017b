import type { LeaseStore } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fuse } from '../../test/fuse.js';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

let h: Harness;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld({ devices: 60, groups: Array.from({ length: 14 }, () => ({})) });
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  await h.control.clearFaults();
});

const WITHOUT_LIMITS = { maxRemovals: 1_000, maxShare: 1, neverEmptyFrom: 1_000 };
const begin = async (adds: number[], guard: object = WITHOUT_LIMITS) => {
  const mapping = await h.map({ group_: group, guard });
  const { to } = await h.first(mapping, adds);
  await h.converge();
  return { mapping, to };
};
const ofTarget = (what: string) => h.database.query(`update target set ${what} where target = $1`, [h.target(group)]);
const once = (point: string, work: () => Promise<unknown>) => {
  let done = false;
  return async (name: string): Promise<void> => {
    if (name !== point || done) return;
    done = true;
    await work();
  };
};
const released = async (): Promise<unknown> =>
  (await h.database.query(`select released from target where target = $1`, [h.target(group)]))[0]?.['released'];

describe('a run', () => {
  it('stores nothing once its epoch was raised, although its lease is still there', async () => {
    const mapping = await h.map({ group_: group });
    await h.first(mapping, [1, 2]);
    await h.merge();
    const onPoint = once('writer.answer-received', () => ofTarget('epoch = next_version(epoch)'));
    await h.replica({ onPoint }).runOne();
    const entries = await h.database.query(
      `select e.applied from entry e join target t on t.id = e.target where t.target = $1`,
      [h.target(group)],
    );
    expect(entries).toEqual([{ applied: false }, { applied: false }]);
    expect(await h.last('completed', group)).toBeUndefined();
    await h.map({ ...mapping, group_: group, version: h.tick(), state: 'paused' });
  });

  it('does not begin before the complete content of the present activation, whatever makes it due', async () => {
    const { mapping, to } = await begin([1]);
    await h.delta(mapping, to, [2]);
    await h.merge();
    const resumed = await h.map({ group_: group, guard: WITHOUT_LIMITS });
    await h.command('retry', { group_: group });
    await h.run();
    expect(await h.members(group)).toEqual([1]);
    await h.first(resumed, [2]);
    await h.converge();
    expect(await h.members(group)).toEqual([2]);
  });

  it('whose heartbeat lies in the future was left by a clock that went back, and is taken over', async () => {
    const fuse = new Fuse();
    const mapping = await h.map({ group_: group });
    await h.first(mapping, [1, 2]);
    await h.merge();
    await expect(h.replica({ onPoint: fuse.at('writer.listed') }, fuse).run()).rejects.toThrow();
    const left = await h.database.query<{ target: string }>(
      `update run r set heartbeat_at = clock_timestamp() + interval '1 h' from target t
       where t.id = r.target and r.ended_at is null returning t.target`,
    );
    expect(left).toEqual([{ target: h.target(group) }]);
    // the lease of the dead run is over
    await h.leases.revoke(h.target(group), Number.MAX_SAFE_INTEGER);
    await h.run();
    expect(await h.members(group)).toEqual([1, 2]);
  });

  it('that is due later by a stamp that lies in the future is due now', async () => {
    const mapping = await h.map({ group_: group });
    await h.first(mapping, [1]);
    await h.merge();
    const later = (hours: number) => `clock_timestamp() + interval '${hours} h'`;
    await ofTarget(`due_at = ${later(2)}`);
    await h.run();
    expect(await h.members(group)).toEqual([]);
    await ofTarget(`due_set_at = ${later(1)}`);
    await h.run();
    expect(await h.members(group)).toEqual([1]);
  });

  it('looks again, before it calls, at what is wanted', async () => {
    const { mapping, to } = await begin([1]);
    const second = await h.delta(mapping, to, [2, 3]);
    await h.merge();
    const change = async () => {
      await h.delta(mapping, second.to, [], [2]);
      await h.merge();
    };
    await h.replica({ onPoint: once('writer.booked', change) }).run();
    expect(await h.writes(group)).toEqual(['POST 1 204', 'POST 3 204']);
  });

  it('counts the deadline of a call from before its lease is checked', async () => {
    const mapping = await h.map({ group_: group });
    await h.first(mapping, [1, 2, 3]);
    await h.merge();
    const deadlineMs = 150;
    const replica = h.replica({ deadlineMs });
    let slow = true;
    // a Redis that answers once after the deadline of the call
    const leases = new Proxy(h.leases, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (name !== 'extend' || !slow) return typeof value === 'function' ? value.bind(target) : value;
        return async (...given: Parameters<LeaseStore['extend']>) => {
          slow = false;
          await new Promise((resolve) => setTimeout(resolve, deadlineMs * 2));
          Object.assign(replica.writer, { settings: h.writer.settings });
          return target.extend(...given);
        };
      },
    });
    Object.assign(replica.writer, { leases });
    await replica.run();
    expect(await h.members(group)).toEqual([1, 2, 3]);
    // the first call was never sent: its members were asked one by one
    expect((await h.writes(group)).map((write) => write.split(' ')[0])).toEqual(['POST', 'POST', 'POST']);
  });

  it('does not plan the removal of whom our own call removed a moment ago, although a late listing shows him', async () => {
    const { mapping, to } = await begin(many(1, 5), { maxRemovals: 1 });
    await h.control.advance(600);
    await h.control.switches({ graph: { readLagMs: 600_000 } });
    await h.delta(mapping, to, [], [1]);
    await h.converge();
    await h.content(mapping, { mode: 'full', reason: 'command:late', adds: many(2, 4) });
    await h.converge();
    await h.control.switches({ graph: { readLagMs: 0 } });
    expect(await h.last('held', group)).toBeUndefined();
    expect(await h.members(group)).toEqual(many(2, 4));
  });
});

describe('a deleted mapping is not let go', () => {
  const dying = async (point: string) => {
    const fuse = new Fuse();
    await expect(h.replica({ onPoint: fuse.at(point) }, fuse).run()).rejects.toThrow();
  };

  it('before the second look at what a dead writer may still do', async () => {
    const { mapping } = await begin([1, 2]);
    await h.map({ ...mapping, group_: group, version: h.tick(), state: 'deleting', onDelete: 'remove' });
    await dying('writer.answer-received');
    await h.pass();
    await h.run();
    expect(await h.members(group)).toEqual([]);
    expect(await released()).toBe(false);
    // the frozen writer wakes up: its call, an add of before, lands late
    await h.control.editGroup(groupOf(group), { add: [objectOf(1)] });
    await h.pass();
    await h.run();
    expect(await h.members(group)).toEqual([]);
    expect(await released()).toBe(true);
  });

  it('while a call is under way', async () => {
    const { mapping } = await begin([1, 2], { neverEmptyFrom: 2 });
    await h.map({ ...mapping, group_: group, version: h.tick(), state: 'deleting', onDelete: 'remove' });
    const plan = (await h.last('held', group))?.plan;
    expect(plan).toBeDefined();
    await h.database.query(
      `insert into call (target, epoch, run, operations)
       select id, epoch, gen_random_uuid(), '[{"kind":"post","objects":["${objectOf(1)}"]}]' from target where target = $1`,
      [h.target(group)],
    );
    await h.command('reject', { group_: group, plan });
    expect(await released()).toBe(false);
    await h.database.query('delete from call');
    await ofTarget('due_at = clock_timestamp()');
    await h.run();
    expect(await released()).toBe(true);
  });
});
