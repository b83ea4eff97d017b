import { afterEach, beforeEach, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld } from '../../test/directory-world.js';
import { objectsOf, type DeltaItem } from '../mirror/delta-item.js';
import type { FeedRow } from './feeds.js';
import { readSnapshot, storeObjects, type Difference } from './objects.js';

const ID = '11111111-0000-4000-8000-000000000001';
const OTHER = '11111111-0000-4000-8000-000000000002';
const DEVICE = '22222222-0000-4000-8000-000000000001';
const AGAIN = '22222222-0000-4000-8000-000000000002';
const ASKED = new Date('2026-10-10T00:00:00Z');

let world: DirectoryWorld;
beforeEach(async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(0) });
  await world.fill('device');
});
afterEach(() => world.close());

const store = (...items: DeltaItem[]) => storeIn({}, ...items);
const storeIn = async (pass: Partial<FeedRow>, ...items: DeltaItem[]): Promise<Partial<Difference>[]> => {
  const feed = { ...(await world.feed()), ...pass };
  const found = await world.database.transaction((tx) =>
    storeObjects(tx, feed, objectsOf(feed.kind, items).objects, ASKED),
  );
  return found.map(({ change, deviceId }) => ({ change, deviceId }));
};
const appearedAt = async () =>
  (await world.database.query<{ at: Date | null }>('select appeared_at as at from directory_object'))[0]?.at;

const here = { id: ID, deviceId: DEVICE, accountEnabled: true, trustType: 'AzureAd' };

it('a replay changes nothing', async () => {
  expect(await store(here)).toEqual([{ change: 'appeared', deviceId: DEVICE }]);
  expect(await store(here)).toEqual([]);
  expect(await store({ ...here, trustType: 'ServerAd' })).toEqual([]);
});

it('what is left out stays as it was; null takes it away', async () => {
  await store(here);
  expect(await store({ id: ID, accountEnabled: false })).toEqual([{ change: 'changed', deviceId: DEVICE }]);
  expect(await store({ id: ID })).toEqual([]);
  expect(await store({ id: ID, deviceId: null })).toEqual([{ change: 'changed', deviceId: null }]);
});

it('what a full pass leaves out has no value, unless it has listed it before', async () => {
  const pass = { phase: 'pass' as const, pass: 7 };
  await store(here);
  expect(await storeIn(pass, { id: ID, accountEnabled: true })).toEqual([{ change: 'changed', deviceId: null }]);
  await storeIn(pass, here);
  expect(await storeIn(pass, { id: ID, accountEnabled: false })).toEqual([{ change: 'changed', deviceId: DEVICE }]);
  expect(await storeIn({ ...pass, pass: 8 }, { id: ID, deviceId: DEVICE })).toEqual([
    { change: 'changed', deviceId: DEVICE },
  ]);
  expect((await world.objects()).get(ID)).toMatchObject({ enabled: true });
});

it('a device is found by its device id and by its object id', async () => {
  await store(here);
  const by = async (deviceIds: string[]) => {
    const { found } = await readSnapshot(world.database, world.tenant, { deviceIds, userIds: [], sids: [], upns: [] });
    return found.map(({ by, key, object }) => ({ by, key, object }));
  };
  expect(await by([DEVICE])).toEqual([{ by: 'device', key: DEVICE, object: ID }]);
  expect(await by([ID])).toEqual([{ by: 'device', key: ID, object: ID }]);
});

it('a user whose SID was cleared is not found by it after a full pass', async () => {
  const user = { kind: 'user' as const };
  await storeIn(user, { id: ID, userPrincipalName: 'ann@contoso.com', onPremisesSecurityIdentifier: 'S-1-5-21-1' });
  await world.database.execute(`insert into feed (tenant, kind, ready) values ($1, 'user', true)`, [world.tenant]);
  const keys = { deviceIds: [], userIds: [], sids: ['S-1-5-21-1'], upns: [] };
  expect((await readSnapshot(world.database, world.tenant, keys)).found).toHaveLength(1);
  await storeIn({ ...user, phase: 'pass', pass: 7 }, { id: ID, userPrincipalName: 'ann@contoso.com' });
  expect((await readSnapshot(world.database, world.tenant, keys)).found).toEqual([]);
});

it('a removal in a full pass keeps what the object was known by', async () => {
  await store(here);
  const removed = { id: ID, '@removed': { reason: 'deleted' } };
  expect(await storeIn({ phase: 'pass', pass: 7 }, removed)).toEqual([{ change: 'gone', deviceId: DEVICE }]);
});

it.each(['changed', 'deleted'])('a removal (%s) is announced once, and what comes back is new', async (reason) => {
  await store(here);
  const removed = { id: ID, '@removed': { reason } };
  expect(await store(removed)).toEqual([{ change: 'gone', deviceId: DEVICE }]);
  expect(await store(removed)).toEqual([]);
  expect((await world.objects()).size).toBe(0);
  expect(await store(here)).toEqual([{ change: 'appeared', deviceId: DEVICE }]);
});

it('the removal of what was never seen is nothing', async () => {
  expect(await store({ id: OTHER, '@removed': { reason: 'deleted' } })).toEqual([]);
  expect(await world.database.query('select 1 from directory_object')).toEqual([]);
});

it('remembers when an object came into its present form at the earliest, and replays do not move that', async () => {
  await store(here);
  expect(await appearedAt()).toEqual(ASKED);
  await world.database.execute(`update directory_object set appeared_at = '2026-01-01'`);
  await store(here);
  expect(await appearedAt()).toEqual(new Date('2026-01-01T00:00:00Z'));
  await store({ ...here, deviceId: AGAIN });
  expect(await appearedAt()).toEqual(ASKED);
});
