import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFull } from './run-full.js';
import { startSystem, type System } from './system.js';

// What becomes of a member whose directory object is disabled, or whose identity fits several.

interface Device {
  readonly resourceId: number;
  readonly objectId: string;
  readonly deviceId: string;
}

interface Shown {
  readonly items: readonly { resourceId: number; state: string; reason: string | null }[];
}

let system: System;
beforeAll(async () => {
  system = await startSystem('standalone');
}, 120_000);
afterAll(() => system.close(), 60_000);

it('a disabled device stays or leaves, as its mapping says, and an ambiguous one stays with a reason', async () => {
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  const device = (name: string): Promise<Device> => simulator.send('POST', '/devices', { name });
  const [idle, twin, busy] = [await device('IDLE'), await device('TWIN'), await device('BUSY')];
  const { id: collectionId } = await simulator.send<{ id: string }>('POST', '/collections', {
    name: 'Some devices',
    type: 'device',
    members: ['IDLE', 'TWIN', 'BUSY'],
  });
  const { id: groupId } = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'Some devices' });
  const [mapping, target] = [`/mappings/${tenantId}/${groupId}`, `/targets/${tenantId}/${groupId}`];
  const inGroup = async () => (await simulator.group(groupId)).members.map(({ id }) => id).sort();
  const of = (...devices: Device[]) => devices.map(({ objectId }) => objectId).sort();
  const becomes = (one: Device, wanted: object) =>
    eventually(
      async () => {
        const { items } = await api.get<Shown>(`${target}/members`);
        return expect(items.find(({ resourceId }) => resourceId === one.resourceId)).toMatchObject(wanted);
      },
      { deadline: 60_000, what: JSON.stringify(wanted) },
    );

  await eventually(() => api.get(`/collections/${collectionId}`), { deadline: 60_000, what: 'the collection' });
  const created = await api.post<{ policy: object }>('/mappings', { tenantId, groupId, collectionId });
  expect(created.policy).toMatchObject({ disabledObjects: 'keep' });
  for (const one of [idle, twin, busy]) await becomes(one, { state: 'Success' });

  const other = await device('OTHER');
  await simulator.send('PATCH', `/directory/${other.objectId}`, { deviceId: twin.deviceId });
  await simulator.send('POST', '/devices/IDLE/disable');
  await becomes(twin, { state: 'Failed', reason: 'AmbiguousMatch' });
  await runFull(api, `${tenantId}/${groupId}`);
  expect(await inGroup()).toEqual(of(idle, twin, busy));
  await becomes(idle, { state: 'Success', reason: null });

  await api.request('PATCH', mapping, { policy: { disabledObjects: 'remove' } });
  await becomes(idle, { state: 'Failed', reason: 'ObjectDisabled' });
  await eventually(async () => expect(await inGroup()).toEqual(of(twin, busy)), { deadline: 60_000 });

  await api.request('PATCH', mapping, { policy: { disabledObjects: 'keep' } });
  await becomes(idle, { state: 'Success', reason: null });
  expect(await inGroup()).toEqual(of(idle, twin, busy));
}, 300_000);
