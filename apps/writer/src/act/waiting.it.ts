import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Harness, objectOf } from '../../test/writer-harness.js';
import { adoptNext } from '../adopt/adopt-mapping.js';
import { tearDownNext } from '../adopt/tear-down.js';
import { storeMappings } from '../store/mappings.js';
import { actOnNext } from './act-on-next.js';

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

const SHORT = { leaseMs: 2_000, deadlineMs: 1_500 };

let h: Harness;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld({ devices: 300, groups: Array.from({ length: 14 }, () => ({})) }, SHORT);
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  await h.control.clearFaults();
  await h.control.switches({ graph: { latencyMs: 0 } });
});

const WITHOUT_LIMITS = { maxRemovals: 1_000, maxShare: 1, neverEmptyFrom: 1_000 };

const begin = async (adds: number[]) => {
  const mapping = await h.map({ group_: group, guard: WITHOUT_LIMITS });
  await h.first(mapping, adds);
  await h.converge();
  return mapping;
};

/** Holds the row of a target, or of its run, while `work` goes on. */
const holding = async <T>(sql: string, target: string, work: () => Promise<T>): Promise<T> => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = (): void => undefined;
  const isHeld = new Promise<void>((resolve) => (held = resolve));
  const holder = h.database.transaction(async (tx) => {
    await tx.query(sql, [target]);
    held();
    await released;
  });
  await isHeld;
  try {
    return await work();
  } finally {
    release();
    await holder;
  }
};
const TARGET_ROW = 'select 1 from target where target = $1 for update';
const RUN_ROW = `select r.id from run r join target t on t.id = r.target where t.target = $1 and r.ended_at is null for update of r`;

/** A run in the middle of its first call. */
const running = async () => {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  let reached = (): void => undefined;
  const inCall = new Promise<void>((resolve) => (reached = resolve));
  const onPoint = async (name: string): Promise<void> => {
    if (name !== 'writer.answer-received') return;
    reached();
    await gate;
  };
  const run = h.replica({ ...SHORT, onPoint }).run();
  await inCall;
  return { go, run };
};

describe('nobody waits for', () => {
  it('another group: its commands and its mapping', async () => {
    const other = group;
    await begin([1]);
    group += 1;
    const mapping = await begin([1]);
    await holding(TARGET_ROW, h.target(other), async () => {
      await storeMappings(h.database, [{ ...mapping, target: h.target(other), version: h.tick(), state: 'paused' }]);
      await storeMappings(h.database, [{ ...mapping, version: h.tick(), state: 'paused' }]);
      while (await adoptNext(h.writer));
      const [row] = await h.database.query(`select state from target where target = $1`, [h.target(group)]);
      expect(row).toEqual({ state: 'paused' });
      await h.command('report', { group_: other });
      const cancel = await h.command('cancel', { group_: group });
      expect(await h.last('command-answered', group)).toMatchObject({ command: cancel });
      expect(await h.last('command-answered', other)).toBeUndefined();
    });
    while (await adoptNext(h.writer));
    while (await actOnNext(h.writer, 'reports'));
    expect(await h.last('command-answered', other)).toMatchObject({ accepted: true });
  });

  it('a report: it goes out in steps, beside other commands, and is whole', async () => {
    const unresolved = many(1_000, 12_000).map((resource) => ({
      resource,
      kind: 'device' as const,
      name: `PC${resource}`,
      object: null,
      reason: 'NoEntraRecord' as const,
    }));
    const mapping = await h.map({ group_: group });
    await h.first(mapping, unresolved);
    await h.merge();
    const before = (await h.results(group)).length;
    await h.give('report', { group_: group });
    expect(await actOnNext(h.writer, 'reports')).toBe(true);
    expect(await h.last('command-answered', group)).toBeUndefined();
    const cancel = await h.command('cancel', { group_: group });
    expect(await h.last('command-answered', group)).toMatchObject({ accepted: true });
    expect((await h.events(group)).some((one) => one.event === 'command-answered' && one.command === cancel)).toBe(
      true,
    );
    const reported = (await h.results(group)).slice(before);
    expect(new Set(reported.map(({ snapshot }) => snapshot?.id)).size).toBe(1);
    expect(reported.map(({ snapshot }) => snapshot?.part)).toEqual(reported.map((_, at) => at));
    expect(reported.map(({ snapshot }) => snapshot?.last)).toEqual(reported.map((_, at) => at === reported.length - 1));
    expect(reported.flatMap(({ members }) => members)).toHaveLength(12_000);
  });

  it('a report that was asked for again meanwhile: it is told once, and all who asked are answered', async () => {
    const mapping = await h.map({ group_: group });
    await h.first(mapping, many(1, 3));
    await h.merge();
    const before = (await h.results(group)).length;
    const asked = [];
    for (let ask = 0; ask < 3; ask += 1) asked.push(await h.give('report', { group_: group }));
    while (await actOnNext(h.writer, 'reports'));
    const answers = (await h.events(group)).flatMap((one) => (one.event === 'command-answered' ? [one] : []));
    expect(answers.map(({ command }) => command).toSorted()).toEqual(asked.toSorted());
    expect(answers.every(({ accepted }) => accepted)).toBe(true);
    const told = (await h.results(group)).slice(before);
    expect(told.flatMap(({ members }) => members)).toHaveLength(3);
  });

  it('the row of a run: neither its lease nor its heartbeat', async () => {
    const mapping = await h.map({ group_: group });
    await h.first(mapping, many(1, 40));
    await h.merge();
    const { go, run } = await running();
    await holding(RUN_ROW, h.target(group), async () => {
      const began = performance.now();
      await eventually(async () => performance.now() - began > 1.5 * SHORT.leaseMs, {
        deadline: 10_000,
        what: 'more than the lease time',
      });
    });
    go();
    await run;
    expect((await h.last('completed', group))?.counts.outcomes.applied).toBe(40);
    expect(await h.last('failed', group)).toBeUndefined();
  });
});

const stateOf = async () =>
  (
    await h.database.query<{ state: string; released: boolean; due: string | null }>(
      `select state, released, due from target where target = $1`,
      [h.target(group)],
    )
  )[0];

const teardown = async (): Promise<unknown> =>
  (await h.database.query(`select teardown from target where target = $1`, [h.target(group)]))[0]?.['teardown'];

describe('a deletion with its members', () => {
  it.each(['retry', 'delete again'])('that was cancelled goes on by %s', async (how) => {
    const mapping = await begin(many(1, 60));
    const deleting = { ...mapping, group_: group, state: 'deleting' as const, onDelete: 'remove' as const };
    await h.map({ ...deleting, version: h.tick() });
    const { go, run } = await running();
    await h.command('cancel', { group_: group });
    go();
    await run;
    expect(await stateOf()).toEqual({ state: 'deleting', released: false, due: null });
    expect((await h.members(group)).length).toBeGreaterThan(0);
    if (how === 'retry') await h.command('retry', { group_: group });
    else await h.map({ ...deleting, version: h.tick() });
    const over = async () => {
      await h.run();
      await h.pass();
      return (await stateOf())?.released === true;
    };
    await eventually(over, { what: 'the deletion to be over, second look included' });
    expect(await h.members(group)).toEqual([]);
  });

  it('stops when its tenant is switched off, and goes on when it is switched on', async () => {
    const mapping = await begin(many(1, 60));
    const deleting = { ...mapping, group_: group, state: 'deleting' as const, onDelete: 'remove' as const };
    await h.map({ ...deleting, version: h.tick() });
    const { go, run } = await running();
    await h.map({ ...deleting, version: h.tick(), pausedBy: 'tenant' });
    const left = await h.members(group);
    go();
    await run;
    await h.run();
    expect(await h.members(group)).toEqual(left);
    expect(left.length).toBeGreaterThan(0);
    expect(await h.last('cancelled', group)).toMatchObject({ why: 'the deletion is stopped by tenant' });
    await h.map({ ...deleting, version: h.tick() });
    await h.run();
    expect(await h.members(group)).toEqual([]);
  });

  it('that its tenant has stopped removes nobody whom an operator approves meanwhile', async () => {
    const mapping = await h.map({ group_: group });
    await h.first(mapping, [1, 2, 3]);
    await h.converge();
    const deleting = { ...mapping, group_: group, state: 'deleting' as const, onDelete: 'remove' as const };
    await h.map({ ...deleting, version: h.tick() });
    const plan = (await h.last('held', group))?.plan;
    await h.map({ ...deleting, version: h.tick(), pausedBy: 'tenant' });
    await h.command('approve', { group_: group, plan });
    await h.run();
    expect(await h.members(group)).toEqual([1, 2, 3]);
    await h.map({ ...deleting, version: h.tick() });
    await h.run();
    expect(await h.members(group)).toEqual([]);
  });

  it('that a switched-off tenant has stopped from the start un-wants nobody before it is switched on', async () => {
    const mapping = await begin(many(1, 3));
    const deleting = { ...mapping, group_: group, state: 'deleting' as const, onDelete: 'remove' as const };
    await h.map({ ...deleting, version: h.tick(), pausedBy: 'tenant' });
    await h.run();
    expect(await h.members(group)).toEqual([1, 2, 3]);
    await h.map({ ...deleting, version: h.tick() });
    await h.run();
    expect(await h.members(group)).toEqual([]);
  });

  it('takes a large ledger down in steps, and removes nobody before the last one', async () => {
    const mapping = await begin(many(1, 50));
    await h.control.editGroup(`Group${group}`, { add: many(61, 3).map(objectOf) });
    await h.content(mapping, { mode: 'full', reason: 'command:z', adds: many(1, 50) });
    await h.merge();
    // a full run that was stopped after its comparison leaves what it found
    const { go, run } = await running();
    await h.map({ ...mapping, group_: group, version: h.tick(), state: 'paused' });
    go();
    await run;
    const record = { ...mapping, version: h.tick(), state: 'deleting' as const, onDelete: 'remove' as const };
    await storeMappings(h.database, [record]);
    while (await adoptNext(h.writer));
    const before = await h.members(group);
    const { writer } = h.replica({ ...SHORT, tearDownRows: 20 });
    let steps = 0;
    for (; await tearDownNext(writer); steps += 1) {
      await h.run();
      if ((await teardown()) !== null) expect(await h.members(group)).toEqual(before);
    }
    expect(steps).toBeGreaterThan(3);
    await h.run();
    expect(await h.members(group)).toEqual(many(61, 3).filter((n) => before.includes(n)));
  });

  it('that cannot remove is left by leaving the members, or by mapping the group again', async () => {
    const mapping = await begin(many(1, 3));
    const fault = { method: 'DELETE', level: 'part', status: 403, times: 10_000, applied: 'none' } as const;
    await h.control.fault({ face: 'graph', ...fault });
    const deleting = { ...mapping, group_: group, state: 'deleting' as const, onDelete: 'remove' as const };
    await h.map({ ...deleting, version: h.tick() });
    await h.run();
    expect(await stateOf()).toMatchObject({ state: 'deleting', released: false });
    const again = await h.map({ group_: group, guard: WITHOUT_LIMITS });
    await h.first(again, [1, 2, 3]);
    await h.converge();
    expect(await stateOf()).toMatchObject({ state: 'active' });
    await h.map({ ...deleting, version: h.tick() });
    await h.run();
    await h.map({ ...deleting, version: h.tick(), onDelete: 'leave' });
    expect(await stateOf()).toMatchObject({ state: 'deleting', released: true });
    expect(await h.members(group)).toEqual([1, 2, 3]);
  });

  it('is stored by the handler alone; a worker does it, and what comes after is done after it', async () => {
    const mapping = await begin(many(1, 3));
    const record = { ...mapping, version: h.tick(), state: 'deleting' as const, onDelete: 'leave' as const };
    await storeMappings(h.database, [record]);
    await adoptNext(h.writer);
    expect(await stateOf()).toMatchObject({ released: false });
    const again = { ...mapping, version: h.tick(), activated: h.clock };
    await storeMappings(h.database, [again]);
    await adoptNext(h.writer);
    await h.first(again, [3, 4]);
    await h.merge();
    const entries = `select count(*) as count from entry e join target t on t.id = e.target where t.target = $1`;
    expect(await h.database.query(entries, [h.target(group)])).toEqual([{ count: 3 }]);
    while (await tearDownNext(h.writer));
    expect(await h.database.query(entries, [h.target(group)])).toEqual([{ count: 0 }]);
    await h.converge();
    expect(await h.members(group)).toEqual([3, 4]);
  });
});
