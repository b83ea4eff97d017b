import { randomUUID } from 'node:crypto';
import { DEFAULT_BUDGET, type Mapping } from '@collection-sync/core';
import { InProcessBudget } from '@collection-sync/redis';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from '../../test/writer-harness.js';

const SIZE = 100_000;
const BIG = 1;
const SMALL = 2;
const EMPTY = 3;
const PATIENT = { leaseMs: 30_000, deadlineMs: 20_000 };

let h: Harness;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

beforeAll(async () => {
  h = await Harness.inWorld(
    {
      devices: SIZE,
      groups: [{ members: many(1, SIZE) }, { members: many(1, 20) }, {}],
    },
    PATIENT,
  );
}, 120_000);

afterAll(() => h.close());

const stageMany = async (mapping: Mapping, members: number[]): Promise<void> => {
  const transfer = randomUUID();
  const to = h.tick();
  for (let chunk = 0; chunk * 1_000 < members.length; chunk += 1) {
    await h.content(mapping, {
      transfer,
      mode: 'full',
      reason: `activated:${mapping.activated}`,
      to,
      chunk,
      last: (chunk + 1) * 1_000 >= members.length,
      adds: members.slice(chunk * 1_000, chunk * 1_000 + 1_000),
    });
  }
};

describe('a full run of 100,000', () => {
  it('that finds nothing to do writes nothing, and reads each page, the service principals and the count once', async () => {
    const mapping = await h.map({ group_: BIG });
    await stageMany(mapping, many(1, SIZE));
    await h.merge();
    await h.run();
    const completed = await h.last('completed', BIG);
    expect(completed).toMatchObject({ kind: 'full', members: SIZE, counts: { planned: 0, writes: 0, unaccounted: 0 } });
    const calls = await h.control.journal();
    const graph = calls.filter(({ face }) => face === 'graph');
    expect(graph.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(graph.length).toBeLessThanOrEqual(103);
  }, 180_000);

  it('costs three reads when the group is followed and as it was', async () => {
    await h.follow();
    const before = (await h.control.journal()).at(-1)?.n ?? 0;
    await stageMany(await h.map({ group_: BIG }), many(1, SIZE));
    await h.merge();
    await h.run();
    expect(await h.last('completed', BIG)).toMatchObject({ kind: 'full', counts: { planned: 0, writes: 0 } });
    expect((await h.last('planned', BIG))?.comparison).toMatchObject({ by: 'copy', listed: SIZE, unseen: 0 });
    const calls = await h.control.journal(before);
    expect(calls.filter(({ face }) => face === 'graph').map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  }, 180_000);
});

describe('a change of 10 members', () => {
  /** Merges a change and performs the one run that it makes due. */
  const change = async (from: number, adds: number[], removes: number[], mapping: Mapping) => {
    const { to } = await h.delta(mapping, from, adds, removes);
    await h.merge();
    await h.runOne();
    return to;
  };

  it('in a small group is not held up by a big full run of another', async () => {
    const small = await h.map({ group_: SMALL });
    const first = await h.first(small, many(1, 20));
    await h.converge();
    const alone = await change(first.to, many(101, 10), [], small);

    // the documented bucket, which begins empty and which the big run would like to have for itself
    const budget = new InProcessBudget(() => DEFAULT_BUDGET);
    const stop = new AbortController();
    const big = h.replica(PATIENT);
    big.spendFrom(budget);
    h.spendFrom(budget);
    const mapping = await h.map({ group_: EMPTY });
    await stageMany(mapping, many(1, 20_000));
    await h.merge();
    const running = big.runOne(stop.signal);
    const applied = async () =>
      (await h.database.query<{ applied: number }>('select applied from run where ended_at is null'))[0]?.applied ?? 0;
    await eventually(async () => (await applied()) > 0, {
      deadline: 60_000,
      interval: 50,
      what: 'the big run to write',
    });
    await change(alone, [], many(101, 10), small);
    const done = await applied();
    stop.abort();
    await running;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(20_000);
    expect(await h.members(SMALL)).toEqual(many(1, 20));
  }, 240_000);
});
