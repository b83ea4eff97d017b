import { afterEach, beforeEach, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld } from '../../test/directory-world.js';
import { changesOf, type DeltaItem } from '../mirror/delta-item.js';
import { storeObjects, type Difference } from './store-objects.js';

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

const store = async (...items: DeltaItem[]): Promise<Partial<Difference>[]> => {
  const feed = await world.feed();
  const found = await world.database.transaction((tx) => storeObjects(tx, feed, changesOf('device', items), ASKED));
  return found.map(({ change, device_id }) => ({ change, device_id }));
};
const appearedAt = async () =>
  (await world.database.query<{ at: Date | null }>('select appeared_at as at from directory_object'))[0]?.at;

const here = { id: ID, deviceId: DEVICE, accountEnabled: true, trustType: 'AzureAd' };

it('a replay changes nothing', async () => {
  expect(await store(here)).toEqual([{ change: 'appeared', device_id: DEVICE }]);
  expect(await store(here)).toEqual([]);
  expect(await store({ ...here, trustType: 'ServerAd' })).toEqual([]);
});

it('what is left out stays as it was; null takes it away', async () => {
  await store(here);
  expect(await store({ id: ID, accountEnabled: false })).toEqual([{ change: 'changed', device_id: DEVICE }]);
  expect(await store({ id: ID })).toEqual([]);
  expect(await store({ id: ID, deviceId: null })).toEqual([{ change: 'changed', device_id: null }]);
});

it.each(['changed', 'deleted'])('a removal (%s) is told once, and what comes back is new', async (reason) => {
  await store(here);
  const removed = { id: ID, '@removed': { reason } };
  expect(await store(removed)).toEqual([{ change: 'gone', device_id: DEVICE }]);
  expect(await store(removed)).toEqual([]);
  expect((await world.objects()).size).toBe(0);
  expect(await store(here)).toEqual([{ change: 'appeared', device_id: DEVICE }]);
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
