import type { Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { groupOf, Harness, objectOf } from '../../test/writer-harness.js';

const APP = 901;

let h: Harness;
let mapping: Mapping;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 20,
    users: [{ n: 501 }],
    servicePrincipals: [APP],
    groups: Array.from({ length: 8 }, () => ({})),
  });
});

afterAll(() => h.close());

beforeEach(async () => {
  group += 1;
  await h.control.clearFaults();
  mapping = await h.map({ group_: group });
});

/** The group has devices 1 to 3, long enough ago for a listing to show what is. */
const synchronised = async (): Promise<void> => {
  await h.first(mapping, [1, 2, 3]);
  await h.converge();
  await h.database.execute(`update entry set written_at = now() - interval '1 day'`);
};
const compare = async (): Promise<string> => {
  const id = await h.give('compare', { group_: group });
  await h.comparisons();
  return id;
};
const ledger = () => h.database.query('select * from entry order by target, object');
const answer = async () => {
  const { accepted, message } = (await h.last('command-answered', group)) ?? {};
  return { accepted, message };
};

it('a comparison tells who is missing and who is unmanaged, by name and type, and changes nothing', async () => {
  await synchronised();
  await h.control.editGroup(groupOf(group), { add: [9, 501, APP].map(objectOf), remove: [objectOf(2)] });
  const [before, calls] = [await ledger(), (await h.writes(group)).length];
  const id = await compare();
  expect(await ledger()).toEqual(before);
  expect((await h.writes(group)).length).toBe(calls);
  expect(await h.members(group)).toEqual([1, 3, 9, 501, APP]);
  expect(await h.last('planned', group)).toMatchObject({
    run: id,
    kind: 'compare',
    adds: 0,
    removes: 0,
    comparison: {
      listed: 5,
      missing: 1,
      unmanaged: [
        { objectType: 'device', members: 1 },
        { objectType: 'servicePrincipal', members: 1 },
        { objectType: 'user', members: 1 },
      ],
      unseen: 0,
      differences: [
        { difference: 'missing', object: objectOf(2), name: 'D2' },
        { difference: 'unmanaged', object: objectOf(APP), name: `App${APP}`, objectType: 'servicePrincipal' },
        { difference: 'unmanaged', object: objectOf(9), name: 'D9', objectType: 'device' },
        { difference: 'unmanaged', object: objectOf(501), name: 'U501', objectType: 'user' },
      ],
    },
  });
  expect(await h.last('started', group)).toMatchObject({ run: id, kind: 'compare', trigger: `command:${id}` });
  expect(await h.last('completed', group)).toMatchObject({ run: id, kind: 'compare', members: 5 });
  expect(await answer()).toMatchObject({
    accepted: true,
    message: expect.stringContaining('1 members are missing, 3'),
  });
});

it('of a group that is as it was left says so; what waits to be done is no difference', async () => {
  await synchronised();
  await compare();
  expect((await h.last('planned', group))?.comparison).toMatchObject({ missing: 0, unmanaged: [], differences: [] });
  await h.content(mapping, { adds: [1, 4] });
  await h.merge();
  await compare();
  expect((await h.last('planned', group))?.comparison).toMatchObject({ listed: 3, missing: 0, unmanaged: [] });
  expect(await answer()).toEqual({ accepted: true, message: 'The group is as the last synchronisation left it.' });
});

it('a listing that may be late contradicts nothing', async () => {
  await h.first(mapping, [1, 2]);
  await h.converge();
  await h.control.editGroup(groupOf(group), { remove: [objectOf(2)] });
  await compare();
  expect((await h.last('planned', group))?.comparison).toMatchObject({ listed: 1, missing: 0 });
});

it('holds up no run, and needs no lease', async () => {
  await synchronised();
  const lease = { target: mapping.target, epoch: 1, claim: 'another', collection: mapping.collection };
  expect(await h.leases.take(lease, 60_000)).toBe(true);
  const id = await compare();
  expect(await h.last('completed', group)).toMatchObject({ run: id });
});

it('fails with what Graph says, and is answered once', async () => {
  await synchronised();
  await h.control.send('DELETE', `/groups/${groupOf(group)}`);
  const id = await compare();
  expect(await h.last('failed', group)).toMatchObject({ run: id, kind: 'compare' });
  expect(await answer()).toMatchObject({ accepted: false });
  await h.comparisons();
  expect((await h.events(group)).filter(({ event }) => event === 'command-answered')).toHaveLength(1);
});

it('is refused where nothing was synchronised yet, and when it came too late', async () => {
  await compare();
  expect(await answer()).toMatchObject({ accepted: false, message: expect.stringContaining('Nothing is known yet') });
  await synchronised();
  await h.give('compare', { group_: group, expiresAt: new Date(Date.now() - 1_000).toISOString() });
  await h.comparisons();
  expect(await answer()).toMatchObject({ accepted: false, message: expect.stringContaining('came too late') });
  expect((await h.events(group)).filter((one) => 'kind' in one && one.kind === 'compare')).toEqual([]);
});

it('goes on with the worker that takes the claim over', async () => {
  await synchronised();
  const id = await h.give('compare', { group_: group });
  await h.database.execute(
    `update command set claim = gen_random_uuid(), claimed_until = now() + interval '1 min', begun_at = now() where id = $1`,
    [id],
  );
  await h.comparisons();
  expect(await h.last('completed', group)).not.toMatchObject({ kind: 'compare' });
  await h.database.execute(`update command set claimed_until = now() - interval '1 s' where id = $1`, [id]);
  await h.comparisons();
  expect(await h.last('completed', group)).toMatchObject({ run: id, kind: 'compare' });
});
