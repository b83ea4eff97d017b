import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFull } from './run-full.js';
import { startSystem, type System } from './system.js';

// A name is what people search by. Who is renamed at the site is the same device, and stays where it is.

interface Device {
  readonly resourceId: number;
  readonly objectId: string;
}
interface Member {
  readonly resourceId: number;
  readonly name: string;
  readonly state: string;
}
interface Why {
  readonly traces: readonly { inGroup: boolean | null; member: Member | null }[];
}

let system: System;
beforeAll(async () => {
  system = await startSystem('standalone');
}, 120_000);
afterAll(() => system.close(), 60_000);

it('a device that is renamed at the site is shown, explained and found by its new name, and stays in its group', async () => {
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  const device = (name: string): Promise<Device> => simulator.send('POST', '/devices', { name });
  const [renamed, other] = [await device('NAMED-BEFORE'), await device('OTHER')];
  const { id: collectionId } = await simulator.send<{ id: string }>('POST', '/collections', {
    name: 'Named devices',
    type: 'device',
    members: ['NAMED-BEFORE', 'OTHER'],
  });
  const { id: groupId } = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'Named devices' });
  const target = `/targets/${tenantId}/${groupId}`;
  const members = async () => (await api.get<{ items: Member[] }>(`${target}/members`)).items;
  const found = async (name: string) =>
    (await api.get<{ items: { member: Member }[] }>(`/resources?search=${name}`)).items.map(({ member }) => member);
  const why = async (name: string) => (await api.get<Why>(`${target}/why?name=${name}`)).traces;

  await eventually(() => api.get(`/collections/${collectionId}`), { deadline: 60_000, what: 'the collection' });
  await api.post('/mappings', { tenantId, groupId, collectionId });
  await eventually(async () => expect((await members()).map(({ state }) => state)).toEqual(['Success', 'Success']), {
    deadline: 60_000,
  });
  const before = Math.max(...(await simulator.journal()).map(({ n }) => n));

  await simulator.send('POST', '/devices/NAMED-BEFORE/rename', { name: 'NAMED-AFTER' });
  await runFull(api, `${tenantId}/${groupId}`);

  const now = { resourceId: renamed.resourceId, name: 'NAMED-AFTER', state: 'Success' };
  await eventually(async () => expect(await found('NAMED-')).toMatchObject([now]), { deadline: 60_000 });
  expect(await members()).toContainEqual(expect.objectContaining(now));
  expect(await why('NAMED-AFTER')).toMatchObject([{ inGroup: true, member: now }]);
  expect((await why('NAMED-BEFORE')).flatMap(({ member }) => member ?? [])).toEqual([]);
  expect((await simulator.group(groupId)).members.map(({ id: object }) => object).sort()).toEqual(
    [renamed.objectId, other.objectId].sort(),
  );
  const writes = (await simulator.journal(before)).filter(
    ({ method, url }) => method !== 'GET' && url.includes(`/groups/${groupId}`),
  );
  expect(writes).toEqual([]);
}, 300_000);
