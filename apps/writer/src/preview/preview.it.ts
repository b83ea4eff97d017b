import { randomUUID } from 'node:crypto';
import { AppError } from '@collection-sync/core';
import { PlanReader } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RowCounter } from '../../test/row-counter.js';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';
import { runMaintenance } from '../maintenance.js';
import { previewNext } from './preview-next.js';

let h: Harness;

beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 20,
    groups: [{ members: [1, 2, 3] }, { members: [1, 2, 3] }, {}, {}],
  });
});

afterAll(() => h.close());

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const previewsOf = async (group: number) => (await h.results(group)).flatMap(({ preview }) => preview ?? []);
const ledger = () => h.database.query('select * from entry order by object');
const unresolved = { resource: 9, kind: 'device' as const, name: 'D9', object: null, reason: 'NoEntraRecord' as const };

describe('a preview', () => {
  it('of an unmapped group names who would join and leave, and changes nothing', async () => {
    const command = randomUUID();
    const mapping = {
      target: h.target(1),
      tenant: h.target(1).slice(0, 36),
      group: groupOf(1),
      collection: 'ABC00014',
      activated: 0,
    };
    await h.content(mapping as never, { mode: 'preview', reason: `command:${command}`, adds: [2, 3, 4, unresolved] });
    await h.previews();
    const [result] = await h.results(1);
    expect(result?.preview).toMatchObject({
      command,
      part: 0,
      last: true,
      add: 1,
      remove: 1,
      keep: 2,
      unresolved: 1,
      wouldHold: false,
    });
    expect(result?.members.map(({ name, state, wanted, code }) => [name, state, wanted, code])).toEqual([
      ['D4', 'pending', true, undefined],
      ['D9', 'failed', true, 'NoEntraRecord'],
      ['D1', 'pending', false, undefined],
    ]);
    expect(await h.last('command-answered')).toMatchObject({ command, accepted: true });
    expect(await ledger()).toEqual([]);
    expect(await h.members(1)).toEqual([1, 2, 3]);
    expect(
      await h.database.query('select 1 from transfer union all select 1 from stage_chunk union all select 1 from page'),
    ).toEqual([]);
  });

  it('of a mapped group counts as nothing sent', async () => {
    const mapping = await h.map({ group_: 2 });
    const first = await h.first(mapping, [1, 2, 3]);
    await h.converge();
    const before = await ledger();
    await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds: [5], to: first.to + 5 });
    await h.previews();
    await h.converge();
    expect(await ledger()).toEqual(before);
    const shown = (await h.results(2)).filter(({ preview }) => preview);
    expect(shown.map(({ preview }) => preview)).toMatchObject([{ add: 1, remove: 3, keep: 0 }]);
    await h.delta(mapping, first.to, [6]);
    await h.converge();
    expect(await h.members(2)).toEqual([1, 2, 3, 6]);
  });

  it('says what the guard would hold: who is to be removed already counts once, and who is wanted again not at all', async () => {
    const mapping = await h.map({ group_: 3, guard: { maxRemovals: 3 } });
    const first = await h.first(mapping, range(1, 10));
    await h.converge();
    await h.delta(mapping, first.to, [], [1, 2, 3]);
    await h.merge();
    const wouldHold = async (adds: number[]) => {
      await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds });
      await h.previews();
      return (await previewsOf(3)).at(-1)?.wouldHold;
    };
    expect(await wouldHold(range(4, 10))).toBe(false);
    expect(await wouldHold(range(5, 10))).toBe(true);
    expect(await wouldHold([1, ...range(5, 10)])).toBe(false);
    await h.run();
    expect(await h.members(3)).toEqual(range(4, 10));
    // what has left counts still
    expect(await wouldHold(range(4, 10))).toBe(false);
    expect(await wouldHold(range(5, 10))).toBe(true);
  });

  it('counts a removal that may be under way although it is wanted again', async () => {
    const mapping = await h.map({ group_: 4, guard: { maxRemovals: 1 } });
    const first = await h.first(mapping, range(1, 5));
    await h.converge();
    await h.control.fault({ face: 'graph', method: 'DELETE', level: 'part', status: 503, times: 100, applied: 'none' });
    await h.delta(mapping, first.to, [], [1]);
    await h.converge();
    await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds: [1, 3, 4, 5] });
    await h.previews();
    expect((await previewsOf(4)).at(-1)).toMatchObject({ remove: 1, wouldHold: true });
  });

  it('of a group that is gone says so', async () => {
    const command = randomUUID();
    const group = objectOf(777);
    const target = `${h.target(1).slice(0, 36)}/${group}`;
    await h.content({ target, tenant: target.slice(0, 36), group, collection: 'ABC00014', activated: 0 } as never, {
      mode: 'preview',
      reason: `command:${command}`,
      adds: [1],
    });
    await h.previews();
    const rows = await h.database.query<{ value: string }>(`select value from outbox where key = $1`, [target]);
    expect(rows.map(({ value }) => JSON.parse(value) as object)).toMatchObject([
      { event: 'command-answered', command, accepted: false },
    ]);
  });

  it('is told by the worker whose claim holds, and by nobody else', async () => {
    const command = randomUUID();
    const mapping = await h.map({ group_: 2 });
    const before = (await previewsOf(2)).length;
    await h.content(mapping, { mode: 'preview', reason: `command:${command}`, adds: [2, 3] });
    // while the first one lists, its claim ends and another worker takes the preview up
    const lost = vi.spyOn(h.writer.budget, 'ask').mockImplementationOnce(async () => {
      await h.database.query('update transfer set claimed_until = clock_timestamp()');
      await h.replica().previews();
      return 0;
    });
    await h.previews();
    lost.mockRestore();
    expect((await previewsOf(2)).slice(before)).toMatchObject([{ command, part: 0, last: true }]);
    await runMaintenance(h.writer);
    expect(await h.database.query('select 1 from page')).toEqual([]);
  });

  it('is taken up again at once when its writer stops', async () => {
    const mapping = await h.map({ group_: 2 });
    await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds: [2, 3] });
    const before = (await previewsOf(2)).length;
    expect(await previewNext(h.writer, AbortSignal.abort())).toBe(false);
    await h.replica().previews();
    expect((await previewsOf(2)).length).toBe(before + 1);
  });

  it('waits for Redis as a run does', async () => {
    const mapping = await h.map({ group_: 2 });
    await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds: [2, 3] });
    const before = (await previewsOf(2)).length;
    const away = vi
      .spyOn(h.writer.budget, 'ask')
      .mockRejectedValueOnce(new AppError('REDIS_UNAVAILABLE', 'nobody is there'));
    await h.previews();
    away.mockRestore();
    expect((await previewsOf(2)).length).toBe(before + 1);
  });

  it('reads each member a few times, and locks the group for the last word only', async () => {
    const members = 6_000;
    const mapping = await h.map({ group_: 2 });
    await h.chunked(mapping, { mode: 'preview', adds: Array.from({ length: members }, (_, at) => 1_000 + at) }, 1_000);
    await h.database.query('analyze');
    const reader = new PlanReader();
    const counter = new RowCounter();
    const before = (await previewsOf(2)).length;
    const database = reader.reading(counter.database(h.database));
    await previewNext({ ...h.writer, database }, new AbortController().signal);
    const reported = (await previewsOf(2)).slice(before);
    expect([reported.length, reported.at(-1)?.last]).toEqual([members / 1_000 + 1, true]);
    expect(counter.read).toBeLessThan(10 * members);
    const statements = reader.plans.map(({ statement }) => statement);
    const locks = statements.findIndex((statement) => / from target .*for update/.test(statement));
    const pages = statements.findLastIndex((statement) => statement.includes('from compared where position'));
    expect(locks).toBeGreaterThan(pages);
    expect(statements.filter((statement) => statement.includes('from compared where position'))).toHaveLength(
      reported.length,
    );
  });
});
