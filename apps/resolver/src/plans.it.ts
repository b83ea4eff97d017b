import { PlanReader } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld } from '../test/directory-world.js';
import { forgetDeleted, readSnapshot, storeObjects } from './store/objects.js';

const OBJECTS = 1_000_000;
const CHUNK = 1_000;
const LARGE = ['directory_object'];

let world: DirectoryWorld;
let reader: PlanReader;

const idOf = (n: number): string => `0b1ec700-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ids = Array.from({ length: CHUNK }, (_, at) => idOf(at * 100));

beforeAll(async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(3) });
  await world.fill('device', 'user');
  reader = new PlanReader();
  await world.database.query(`
    alter table directory_object set (autovacuum_enabled = false);
    analyze directory_object;
    insert into directory_object (tenant, object_id, kind, device_id, sid, upn, enabled, pass)
      select '${world.tenant}', ('0b1ec700-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, case when n % 2 = 0 then 'device' else 'user' end,
        case when n % 2 = 0 then md5(n::text)::uuid end, case when n % 2 = 1 then 'S-1-5-' || n end, case when n % 2 = 1 then 'u' || n || '@contoso.com' end,
        true, 9223372036854775807 from generate_series(1, ${OBJECTS}) n`);
}, 600_000);

afterAll(() => world?.close());

const scansOf = async (work: (database: DirectoryWorld['database']) => Promise<unknown>): Promise<string[]> => {
  reader.plans.length = 0;
  await work(reader.reading(world.database));
  expect(reader.plans.length).toBeGreaterThan(0);
  return reader.scansOf(LARGE);
};

it.each([
  ['that was just filled', ''],
  ['that was analysed', 'analyze directory_object'],
])('looks the members of a chunk up by their keys in a mirror %s, whichever they have', async (_, before) => {
  await world.database.query(before);
  const sids = ids.map((_, n) => `S-1-5-${n}`);
  const upns = ids.map((_, n) => `u${n}@contoso.com`);
  const all = { deviceIds: ids, userIds: ids, sids, upns };
  for (const keys of [all, { ...all, userIds: [], sids: [], upns: [] }, { ...all, deviceIds: [], sids: [] }])
    expect(await scansOf((database) => readSnapshot(database, world.tenant, keys))).toEqual([]);
});

it('stores a page of the directory by the keys of its objects', async () => {
  const feed = await world.feed('device');
  const page = ids.slice(0, 200).map((id) => ({ id, removed: false, deviceId: id, enabled: true }));
  expect(await scansOf((database) => database.transaction((tx) => storeObjects(tx, feed, page, new Date())))).toEqual(
    [],
  );
});

it('forgets what was deleted long ago by the index of the deleted', async () => {
  expect(await scansOf((database) => forgetDeleted(database, 30))).toEqual([]);
});
