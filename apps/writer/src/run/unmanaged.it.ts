import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';

// v1.0 of Graph leaves service principals out of the members of a group: they are members all the same.

const APP = 901;
const CAST = 'members/microsoft\\.graph\\.servicePrincipal';
const UNIFIED = { groupTypes: ['Unified'], mailEnabled: true };

let h: Harness;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 20,
    users: [{ n: 501 }, { n: 502 }],
    servicePrincipals: [APP],
    groups: [...Array.from({ length: 6 }, () => ({ members: [1, 2, 501, APP] })), { members: [501], traits: UNIFIED }],
  });
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  await h.control.send('DELETE', '/switches');
  await h.control.send('DELETE', '/faults');
});

const OPEN = { maxRemovals: 100, maxShare: 1 };
const comparison = async () =>
  (await h.events(group)).flatMap((one) => (one.event === 'planned' ? one.comparison : [])).at(-1);
const outcomesOf = async (n: number) =>
  (await h.results(group)).flatMap(({ members }) => members.filter(({ object }) => object === objectOf(n)));

describe('a full run of a group with a service principal', () => {
  it('removes it like other unmanaged members, and says what it was', async () => {
    await h.first(await h.map({ group_: group, guard: OPEN }), [1, 2, 3]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2, 3]);
    expect(await comparison()).toEqual({
      by: 'listing',
      listed: 4,
      unmanaged: [
        { objectType: 'servicePrincipal', members: 1 },
        { objectType: 'user', members: 1 },
      ],
      unseen: 0,
    });
    expect(await outcomesOf(APP)).toMatchObject([
      { state: 'pending', unmanaged: true, objectType: 'servicePrincipal', name: `App${APP}` },
      { state: 'removed', unmanaged: true },
    ]);
    expect(await h.last('completed', group)).toMatchObject({ counts: { outcomes: { applied: 1, removed: 2 } } });
  });

  it('holds it where the guard holds removals', async () => {
    await h.first(await h.map({ group_: group, guard: { maxRemovals: 0 } }), [1, 2]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2, 501, APP]);
    expect((await outcomesOf(APP)).at(-1)).toMatchObject({
      state: 'held',
      unmanaged: true,
      objectType: 'servicePrincipal',
    });
  });

  it('says how many it does not see, and why, where Graph refuses to list them', async () => {
    await h.control.fault({ face: 'graph', url: CAST, status: 403, times: 1 });
    await h.first(await h.map({ group_: group, guard: OPEN }), [1, 2]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2, APP]);
    const found = await comparison();
    expect(found).toMatchObject({ listed: 3, unmanaged: [{ objectType: 'user', members: 1 }], unseen: 1 });
    expect(found?.refused).toMatch(/microsoft\.graph\.servicePrincipal: Graph answered 403/);

    await h.content(await h.map({ group_: group, guard: OPEN }), { mode: 'full', reason: 'command:1', adds: [1, 2] });
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2]);
  });

  it('says that it does not know, where Graph neither lists nor counts them', async () => {
    await h.control.fault({ face: 'graph', url: `${CAST}|members/\\$count`, status: 403, times: 2 });
    await h.first(await h.map({ group_: group, guard: OPEN }), [1, 2]);
    await h.converge();
    const found = await comparison();
    expect(found).not.toHaveProperty('unseen');
    expect(found?.refused).toMatch(/servicePrincipal: Graph answered 403.*\$count: Graph answered 403/);
  });

  it('is reported by a preview', async () => {
    const mapping = await h.map({ group_: group, guard: OPEN });
    await h.content(mapping, { mode: 'preview', reason: `command:${randomUUID()}`, adds: [1, 2, 501] });
    await h.previews();
    const reported = (await h.results(group)).flatMap(({ preview, members }) => (preview ? members : []));
    expect(reported).toMatchObject([{ object: objectOf(APP), wanted: false, name: `App${APP}` }]);
  });

  it('does not take for unseen whom its own calls removed a moment ago', async () => {
    const mapping = await h.map({ group_: group, guard: OPEN });
    await h.first(mapping, [1, 2]);
    await h.converge();
    expect(await h.members(group)).toEqual([1, 2]);
    await h.control.switches({ graph: { indexLagMs: 60_000 } });
    await h.content(mapping, { mode: 'full', reason: 'command:2', adds: [1, 2] });
    await h.converge();
    expect(await comparison()).toMatchObject({ unmanaged: [], unseen: 0 });
  });
});

it('a Microsoft 365 group refuses to list what it cannot have: nothing is unseen', async () => {
  await h.first(await h.map({ group_: group, collectionType: 'user', guard: OPEN }), [
    { resource: 502, kind: 'user', name: 'U502', object: objectOf(502) },
  ]);
  await h.converge();
  expect((await h.control.group(groupOf(group))).members.map(({ id }) => id)).toEqual([objectOf(502)]);
  expect(await comparison()).toMatchObject({ listed: 1, unmanaged: [{ objectType: 'user', members: 1 }], unseen: 0 });
});
