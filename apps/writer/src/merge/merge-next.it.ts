import { randomUUID } from 'node:crypto';
import { CHUNK_BYTES, type Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Harness, objectOf } from '../../test/writer-harness.js';

let h: Harness;
let mapping: Mapping;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld({ devices: 40, groups: Array.from({ length: 20 }, () => ({})) });
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  mapping = await h.map({ group_: group, guard: { neverEmptyFrom: 1_000 } });
});

const wanted = async (): Promise<number[]> => {
  const rows = await h.database.query<{ object: string }>(
    'select object from entry e join target t on t.id = e.target where t.target = $1 and wanted order by object',
    [h.target(group)],
  );
  return rows.map(({ object }) => Number(object.slice(-12)));
};
const answers = async (): Promise<string[]> =>
  (await h.events(group)).flatMap((one) =>
    one.event === 'merged' || one.event === 'content-missing' ? [`${one.event} ${one.version}`] : [],
  );

describe('merging', () => {
  it('takes a delta only from the version merged last, answers one already merged, and names what is missing', async () => {
    const first = await h.first(mapping, [1, 2]);
    const second = await h.delta(mapping, first.to, [3], [1]);
    const gap = await h.delta(mapping, second.to + 1, [4]);
    await h.merge();
    expect(await wanted()).toEqual([2, 3]);
    await h.content(mapping, { content: 'delta', from: first.to, to: second.to, adds: [9] });
    await h.merge();
    expect(await wanted()).toEqual([2, 3]);
    expect(await answers()).toEqual([
      `merged ${first.to}`,
      `merged ${second.to}`,
      `content-missing ${second.to}`,
      `merged ${second.to}`,
    ]);
    expect(gap.to).toBeGreaterThan(second.to);
  });

  it('takes a complete that is not older, and only a complete un-wants what it does not name', async () => {
    const first = await h.first(mapping, [1, 2, 3]);
    await h.merge();
    const older = await h.content(mapping, { adds: [7], to: first.to - 1 });
    await h.merge();
    expect(await wanted()).toEqual([1, 2, 3]);
    const again = await h.content(mapping, { adds: [2, 3, 4], to: first.to });
    await h.merge();
    expect(await wanted()).toEqual([2, 3, 4]);
    expect(await answers()).toEqual([`merged ${first.to}`, `content-missing ${first.to}`, `merged ${first.to}`]);
    expect([older.to, again.to]).toEqual([first.to - 1, first.to]);
  });

  it('misses the content before when nothing was merged', async () => {
    await h.delta(mapping, 0, [1]);
    await h.merge();
    expect(await answers()).toEqual(['content-missing 0']);
  });

  it('waits for all chunks, in any order, and the last copy of a chunk wins', async () => {
    const transfer = randomUUID();
    const to = h.tick();
    const part = (chunk: number, adds: number[], last = false) =>
      h.content(mapping, { transfer, to, chunk, last, adds });
    await part(2, [5, 6], true);
    await part(0, [1]);
    await h.merge();
    expect(await wanted()).toEqual([]);
    await part(0, [1, 2]);
    await part(1, [3]);
    await h.merge();
    expect(await wanted()).toEqual([1, 2, 3, 5, 6]);
    await part(1, [3]);
    await h.merge();
    expect(await wanted()).toEqual([1, 2, 3, 5, 6]);
    expect(await answers()).toEqual([`merged ${to}`]);
  });

  it('drops content of an older activated, and holds that of a newer one until the mapping arrives', async () => {
    const activated = mapping.activated + 1_000;
    const newer = await h.content(
      { ...mapping, activated },
      { mode: 'full', reason: `activated:${activated}`, adds: [1] },
    );
    await h.merge();
    expect(await answers()).toEqual([]);
    h.clock = activated;
    await h.map({ group_: group, version: activated, activated });
    await h.merge();
    expect(await answers()).toEqual([`merged ${newer.to}`]);
    await h.content(mapping, { adds: [2] });
    await h.merge();
    expect(await wanted()).toEqual([1]);
    expect(await answers()).toEqual([`merged ${newer.to}`]);
  });

  it('holds content of a group that nobody has named yet', async () => {
    group += 1;
    const version = h.tick();
    const unnamed = {
      ...mapping,
      target: h.target(group),
      group: h.target(group).slice(37),
      version,
      activated: version,
    };
    await h.first(unnamed, [1]);
    await h.merge();
    await h.map({ group_: group, version, activated: version });
    await h.merge();
    expect(await wanted()).toEqual([1]);
  });

  it('forgets the version merged of another collection', async () => {
    const first = await h.first(mapping, [1, 2]);
    await h.merge();
    const given = await h.map({ group_: group, collection: 'ABC00099' });
    await h.delta(given, first.to, [3]);
    await h.merge();
    expect((await answers()).at(-1)).toBe('content-missing 0');
    await h.first(given, [2, 3]);
    await h.merge();
    expect(await wanted()).toEqual([2, 3]);
  });

  it('keeps an object as long as one of its resources wants it', async () => {
    const twin = { resource: 102, kind: 'device' as const, name: 'D2 again', object: objectOf(2) };
    const first = await h.first(mapping, [1, 2, twin]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2]);
    const second = await h.delta(mapping, first.to, [], [2]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2]);
    expect([...(await h.shown(group)).keys()].sort()).toEqual(['1', '102']);
    await h.delta(mapping, second.to, [], [102]);
    await h.converge();
    expect(await h.members(group)).toEqual([1]);
    expect([...(await h.shown(group)).keys()]).toEqual(['1']);
  });

  it('replaces the object of a resource that was registered anew, and says why others have none', async () => {
    const first = await h.first(mapping, [1, 2]);
    await h.converge();
    await h.delta(mapping, first.to, [
      { resource: 1, kind: 'device', name: 'D1', object: objectOf(11) },
      { resource: 2, kind: 'device', name: 'D2', object: null, reason: 'ObjectDeleted' },
      { resource: 3, kind: 'device', name: 'D3', object: null, reason: 'NoEntraRecord' },
    ]);
    await h.converge();
    expect(await h.members(group)).toEqual([11]);
    expect(await h.shown(group)).toEqual(
      new Map([
        ['1', 'applied'],
        ['2', 'failed ObjectDeleted'],
        ['3', 'failed NoEntraRecord'],
      ]),
    );
  });

  it('heals a ledger that lost an entry or kept one too many, by any complete', async () => {
    const first = await h.first(mapping, [1, 2, 3]);
    await h.converge();
    await h.database.query(
      `delete from entry where object = $1 and target = (select id from target where target = $2)`,
      [objectOf(1), h.target(group)],
    );
    await h.database.query(
      `delete from member where resource = 2 and target = (select id from target where target = $1)`,
      [h.target(group)],
    );
    await h.content(mapping, { adds: [1, 3], to: first.to });
    await h.converge();
    expect(await h.members(group)).toEqual([1, 3]);
    expect(await wanted()).toEqual([1, 3]);
  });

  it('tells all members in records that a broker takes, however long their names are, as one whole snapshot', async () => {
    const name = '\u{1F600}'.repeat(256);
    const adds = Array.from({ length: 1_000 }, (_, at) => ({
      resource: at + 1,
      kind: 'device' as const,
      name,
      object: null,
      reason: 'NoEntraRecord' as const,
    }));
    await h.first(mapping, adds);
    await h.merge();
    const snapshot = (await h.results(group)).filter((result) => result.snapshot);
    const sizes = snapshot.map((result) => Buffer.byteLength(JSON.stringify(result)));
    expect(Math.max(...sizes)).toBeLessThan(CHUNK_BYTES + 1_024);
    expect(snapshot.map((result) => result.snapshot?.part)).toEqual(snapshot.map((_, part) => part));
    expect(snapshot.map((result) => result.snapshot?.last)).toEqual(
      snapshot.map((_, part) => part === snapshot.length - 1),
    );
    expect(snapshot.flatMap(({ members }) => members)).toHaveLength(1_000);
  });

  it('numbers its results without a gap', async () => {
    await h.first(mapping, [1, 2, 3]);
    await h.converge();
    await h.command('report', { group_: group });
    const results = await h.results(group);
    expect(results.length).toBeGreaterThan(3);
    results.slice(1).forEach((one, at) => expect(one.previous).toBe(results[at]?.sequence));
    const numbers = (await h.events(group)).map(({ sequence }) => sequence);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});
