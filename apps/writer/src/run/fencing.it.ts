import { eventually } from '@collection-sync/testing';
import type { Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fuse } from '../../test/fuse.js';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';

let h: Harness;
let group = 0;
let mapping: Mapping;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
/** more than any call or step takes: they run out when the test says so */
const LONG = { leaseMs: 20_000, deadlineMs: 15_000 };

beforeAll(async () => {
  h = await Harness.inWorld(
    { devices: 300, groups: Array.from({ length: 24 }, () => ({ members: [200, 201] })) },
    LONG,
  );
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  mapping = await h.map({ group_: group, guard: { neverEmptyFrom: 1_000 } });
});

const stateOfRuns = async (): Promise<string[]> =>
  (await h.events(group)).flatMap((one) =>
    ['started', 'completed', 'failed', 'cancelled'].includes(one.event) ? [one.event] : [],
  );
const settled = () =>
  eventually(
    async () => {
      await h.run();
      const open = await h.database.query('select 1 from run where ended_at is null');
      const due = await h.database.query(
        `select 1 from target where due is not null and due_at < clock_timestamp() + interval '30 s'`,
      );
      if (open.length === 0 && due.length === 0) return true;
      await h.pass();
      return false;
    },
    { interval: 50, what: 'every run to end' },
  );
/** Another writer takes over and ends, which is before the second look. */
const takenOver = async () => {
  await h.pass();
  await h.run();
  expect((await stateOfRuns()).slice(-3)).toEqual(['failed', 'started', 'completed']);
};
const secondLook = async () => {
  await h.pass();
  await h.run();
};
/** What a writer that was frozen in the middle of a call does when it wakes up. */
const late = (method: string, path: string, body?: object) =>
  fetch(`${h.sim.graphUrl}/v1.0${path}`, {
    method,
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const patch = (objects: number[]) =>
  late('PATCH', `/groups/${groupOf(group)}`, {
    'members@odata.bind': objects.map((n) => `${h.sim.graphUrl}/v1.0/directoryObjects/${objectOf(n)}`),
  });

describe('a writer that dies', () => {
  for (const point of ['writer.call-written', 'writer.answer-received', 'writer.answers-stored', 'writer.listed']) {
    it(`at ${point} is followed by another one, and every member is accounted for`, async () => {
      const fuse = new Fuse();
      const dying = h.replica({ ...LONG, onPoint: fuse.at(point, point === 'writer.listed' ? 1 : 2) }, fuse);
      await h.first(mapping, many(1, 250));
      await h.merge();
      await expect(dying.run()).rejects.toThrow('dead');
      await settled();
      expect(await h.members(group)).toEqual(many(1, 250));
      expect(await stateOfRuns()).toEqual(expect.arrayContaining(['started', 'failed', 'started', 'completed']));
      const failed = await h.last('failed', group);
      expect(failed).toMatchObject({ code: 'WRITER_LOST', kind: 'full', counts: { unaccounted: 0 } });
      const inCall = point === 'writer.call-written' || point === 'writer.answer-received';
      expect((failed?.counts.outcomes.unanswered ?? 0) > 0).toBe(inCall);
      for (const one of await h.events(group)) if (one.event === 'completed') expect(one.counts.unaccounted).toBe(0);
      const shown = await h.shown(group);
      expect(shown.size).toBe(250);
      expect(new Set(shown.values())).toEqual(new Set(['applied']));
    });
  }

  it('in the middle of an add that lands late, when the member is wanted no more: it goes again', async () => {
    const first = await h.first(mapping, many(1, 3));
    await h.converge();
    const fuse = new Fuse();
    const dying = h.replica({ ...LONG, onPoint: fuse.at('writer.call-written') }, fuse);
    const second = await h.delta(mapping, first.to, [10, 11]);
    await h.merge();
    await expect(dying.run()).rejects.toThrow('dead');
    await h.delta(mapping, second.to, [], [10, 11]);
    await h.merge();
    await takenOver();
    expect(await h.members(group)).toEqual(many(1, 3));
    await patch([10, 11]);
    expect(await h.members(group)).toEqual([...many(1, 3), 10, 11]);
    await secondLook();
    expect(await h.members(group)).toEqual(many(1, 3));
  });

  it('in the middle of a removal that lands late, when the member is wanted again: it comes back', async () => {
    const first = await h.first(mapping, many(1, 3));
    await h.converge();
    const fuse = new Fuse();
    const dying = h.replica({ ...LONG, onPoint: fuse.at('writer.call-written') }, fuse);
    const second = await h.delta(mapping, first.to, [], [2]);
    await h.merge();
    await expect(dying.run()).rejects.toThrow('dead');
    await h.delta(mapping, second.to, [2]);
    await h.merge();
    await takenOver();
    await late('DELETE', `/groups/${groupOf(group)}/members/${objectOf(2)}/$ref`);
    expect(await h.members(group)).toEqual([1, 3]);
    await secondLook();
    expect(await h.members(group)).toEqual(many(1, 3));
  });
});

describe('a stop', () => {
  /** Starts a run that stands still at the n-th call it has prepared, and gives the way to let it go on. */
  const standing = async (times: number) => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    let passed = 0;
    const slow = h.replica({
      ...LONG,
      onPoint: async (name) => {
        if (name !== 'writer.call-written' || ++passed !== times) return;
        reached.resolve();
        await gate.promise;
      },
    });
    const running = slow.run();
    await reached.promise;
    return { go: gate.resolve, running };
  };

  it('by a pause ends the run, forgets what is due, and nothing more is sent', async () => {
    await h.first(mapping, many(1, 250));
    await h.merge();
    const { go, running } = await standing(2);
    await h.map({ group_: group, state: 'paused', activated: mapping.activated });
    const last = Math.max(...(await h.control.journal()).map(({ n }) => n));
    go();
    await running;
    expect(await h.writes(group, last)).toEqual([]);
    expect(await h.last('cancelled', group)).toMatchObject({ why: 'paused by operator', counts: { unaccounted: 0 } });
    await h.run();
    const resumed = await h.map({ group_: group });
    await h.run();
    expect((await stateOfRuns()).filter((event) => event === 'started')).toHaveLength(1);
    await h.first(resumed, many(1, 250));
    await h.merge();
    await settled();
    expect(await h.members(group)).toEqual(many(1, 250));
  });

  it('by a cancel stops the calls, not the desired state, and forgets the unmanaged members that the run found', async () => {
    await h.first(mapping, many(1, 250));
    await h.merge();
    const { go, running } = await standing(2);
    await h.command('cancel', { group_: group });
    go();
    await running;
    expect(await h.last('cancelled', group)).toMatchObject({ kind: 'full', counts: { unaccounted: 0 } });
    await h.run();
    expect((await stateOfRuns()).filter((event) => event === 'started')).toHaveLength(1);
    const { to } = await h.content(mapping, { adds: many(1, 250) });
    await h.merge();
    await settled();
    const members = await h.members(group);
    expect(members.filter((n) => n <= 250 && n !== 200 && n !== 201)).toHaveLength(248);
    expect(to).toBeGreaterThan(0);
    await h.command('cancel', { group_: group });
    expect(await h.last('command-answered', group)).toMatchObject({ accepted: false });
  });

  it('by another collection sends nothing of the first any more', async () => {
    await h.first(mapping, many(1, 150));
    await h.merge();
    const { go, running } = await standing(2);
    const given = await h.map({ group_: group, collection: 'ABC00099', guard: { neverEmptyFrom: 1_000, maxShare: 1 } });
    go();
    await running;
    await h.run();
    await h.first(given, many(260, 5));
    await h.merge();
    await settled();
    expect(await h.members(group)).toEqual(many(260, 5));
  });

  it('by a lost lease sends nothing, waits, and goes on', async () => {
    await h.first(mapping, many(1, 250));
    await h.merge();
    const { go, running } = await standing(2);
    await h.leases.revoke(mapping.target, Number.MAX_SAFE_INTEGER);
    go();
    await running;
    expect(await h.last('failed', group)).toMatchObject({ code: 'LEASE_LOST', counts: { unaccounted: 0 } });
    await settled();
    expect(await h.members(group)).toEqual(many(1, 250));
  });

  it('of the process hands the run over at once', async () => {
    await h.first(mapping, many(1, 250));
    await h.merge();
    const stop = new AbortController();
    const stopping = h.replica({
      ...LONG,
      onPoint: (name) => void (name === 'writer.answers-stored' && stop.abort()),
    });
    await stopping.run(stop.signal).catch(() => undefined);
    expect((await h.events(group)).find(({ event }) => event === 'cancelled')).toMatchObject({
      run: expect.any(String),
    });
    expect((await h.events(group)).some(({ event }) => event === 'failed')).toBe(false);
    await h.run();
    expect(await h.members(group)).toEqual(many(1, 250));
  });
});

describe('what joins', () => {
  it('is done by the run under way, and counted once', async () => {
    let joined = false;
    const first = await h.first(mapping, many(1, 150));
    await h.merge();
    const busy = h.replica({
      ...LONG,
      onPoint: async (name) => {
        if (name !== 'writer.call-written' || joined) return;
        joined = true;
        // 5 is under way, 140 is not yet; 160 is new
        const second = await h.delta(mapping, first.to, [160], [5, 140]);
        await h.delta(mapping, second.to, [140]);
        await h.merge();
      },
    });
    await busy.run();
    expect(await h.members(group)).toEqual([...many(1, 150), 160].filter((n) => n !== 5));
    const completed = (await h.events(group)).filter(({ event }) => event === 'completed');
    expect(completed).toHaveLength(1);
    expect(completed[0]).toMatchObject({ counts: { planned: 152, unaccounted: 0 } });
    expect((await h.last('completed', group))?.counts.outcomes.superseded).toBe(2);
  });

  it('as a full asked for during a run is remembered and run after it', async () => {
    let asked = false;
    await h.first(mapping, many(1, 50));
    await h.merge();
    const busy = h.replica({
      ...LONG,
      onPoint: async (name) => {
        if (name !== 'writer.call-written' || asked) return;
        asked = true;
        await h.content(mapping, { mode: 'full', reason: 'command:again', adds: many(1, 50) });
        await h.merge();
      },
    });
    await busy.run();
    expect(
      (await h.events(group)).flatMap((one) => (one.event === 'started' ? [`${one.kind} ${one.trigger}`] : [])),
    ).toEqual([`full activated:${mapping.activated}`, 'full command:again']);
  });
});

describe('a listing that lags', () => {
  it('does not undo what our own calls did in the last minutes, nor write what is well', async () => {
    const first = await h.first(mapping, many(1, 10));
    await h.converge();
    await h.delta(mapping, first.to, [30], [1]);
    await h.converge();
    await h.control.switches({ graph: { readLagMs: 600_000 } });
    await h.content(mapping, { mode: 'full', reason: 'command:lag', adds: [...many(2, 9), 30] });
    await h.converge();
    await h.control.switches({ graph: { readLagMs: 0 } });
    expect(await h.members(group)).toEqual([...many(2, 9), 30]);
    const completed = await h.last('completed', group);
    expect(completed?.counts.unaccounted).toBe(0);
    const shown = await h.shown(group);
    expect(shown.get('30')).toBe('applied');
    expect(shown.has('1')).toBe(false);
  });

  it('confirms nobody whom our own call removed in the last minutes', async () => {
    const first = await h.first(mapping, many(1, 3));
    await h.converge();
    await h.control.advance(600);
    await h.control.switches({ graph: { readLagMs: 60_000 } });
    const second = await h.delta(mapping, first.to, [], [1]);
    await h.converge();
    await h.control.fault({ face: 'graph', method: 'PATCH', level: 'part', status: 503, times: 1, applied: 'none' });
    await h.delta(mapping, second.to, [1, 4]);
    await h.merge();
    let stored = 0;
    const onPoint = async (name: string): Promise<void> => {
      // 4 joins by another hand, so that the repeated PATCH is refused and the listing is asked
      if (name === 'writer.answers-stored' && ++stored === 1)
        await h.control.editGroup(`Group${group}`, { add: [objectOf(4)] });
    };
    await h.replica({ ...LONG, onPoint }).run();
    await h.control.switches({ graph: { readLagMs: 0 } });
    expect(await h.members(group)).toEqual(many(1, 4));
  });

  it('is believed where our own calls were long ago', async () => {
    await h.first(mapping, many(1, 10));
    await h.converge();
    await h.database.query(`update entry set written_at = written_at - interval '11 min'`);
    await h.control.editGroup(`Group${group}`, { remove: [objectOf(1)], add: [objectOf(40)] });
    await h.content(mapping, { mode: 'full', reason: 'command:old', adds: many(1, 10) });
    await h.converge();
    expect(await h.members(group)).toEqual(many(1, 10));
    expect(await h.last('completed', group)).toMatchObject({
      counts: { planned: 2, outcomes: { applied: 1, removed: 1 }, unaccounted: 0 },
    });
  });
});

describe('a mapping that is deleted', () => {
  it('and leaves its members is forgotten at once', async () => {
    await h.first(mapping, many(1, 5));
    await h.converge();
    await h.map({ group_: group, state: 'deleting', onDelete: 'leave' });
    expect(await h.last('released', group)).toBeDefined();
    await h.run();
    expect(await h.members(group)).toEqual(many(1, 5));
  });

  it('and removes its members does so under the guard, and leaves what others put there', async () => {
    await h.first(mapping, many(1, 5));
    await h.converge();
    await h.control.editGroup(`Group${group}`, { add: [objectOf(90)] });
    const version = h.tick();
    const deleting = {
      group_: group,
      version,
      state: 'deleting',
      onDelete: 'remove',
      activated: mapping.activated,
    } as const;
    await h.map({ ...deleting, guard: { maxRemovals: 3, neverEmptyFrom: 1_000 } });
    await h.run();
    expect(await h.members(group)).toEqual([...many(1, 5), 90]);
    expect(await h.last('released', group)).toBeUndefined();
    const plan = (await h.last('held', group))?.plan;
    await h.map(deleting);
    await h.command('approve', { group_: group, plan });
    await h.run();
    expect(await h.members(group)).toEqual([90]);
    expect(await h.last('released', group)).toBeDefined();
    expect((await h.events(group)).filter(({ event }) => event === 'released')).toHaveLength(1);
  });

  it('ends with what was rejected still there', async () => {
    await h.first(mapping, many(1, 5));
    await h.converge();
    await h.map({
      group_: group,
      state: 'deleting',
      onDelete: 'remove',
      activated: mapping.activated,
      guard: { maxRemovals: 3, neverEmptyFrom: 1_000 },
    });
    await h.command('reject', { group_: group, plan: (await h.last('held', group))?.plan });
    expect(await h.last('released', group)).toBeDefined();
    expect(await h.members(group)).toEqual(many(1, 5));
  });
});
