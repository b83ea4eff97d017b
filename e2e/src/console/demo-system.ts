import { eventually } from '@collection-sync/testing';
import type { SimulatorClient } from '../simulator.js';
import { startSystem, type System } from '../system.js';

interface Row {
  readonly collectionId: string;
  readonly collectionName: string;
  readonly cloudSyncStatus: string | null;
}

/** Collections and groups of the demo world, and the status that each is brought to. */
const EXPECTED = [
  { collection: 'Berlin devices', group: 'Intune - Berlin devices', status: 'Partial Success' },
  { collection: 'Osaka devices', group: 'Intune - Osaka devices', status: 'Held' },
  { collection: 'Kiosks', group: 'Intune - Kiosks', status: 'Failed' },
  { collection: 'Finance people', group: 'App access - Finance', status: 'Success' },
  { collection: 'Engineering people', group: 'App access - Engineering', status: 'Paused' },
  { collection: 'Empty lab', group: 'Intune - Pilot ring', status: 'Success' },
] as const;

/** Relations that the product keeps itself, to be taken over. */
const RELATIONS = [
  { collection: 'Lisbon devices', group: 'Intune - Lisbon devices' },
  { collection: 'Sales people', group: 'App access - Sales' },
] as const;

const relate = async (simulator: SimulatorClient): Promise<void> => {
  const collections = await simulator.send<{ id: string; name: string }[]>('GET', '/collections');
  for (const { collection, group } of RELATIONS) {
    await simulator.send('POST', '/cloud-mappings', {
      collectionId: collections.find(({ name }) => name === collection)?.id,
      groupId: (await simulator.group(group)).id,
      groupName: group,
    });
  }
};

/** The product on the demo world, with something to see on every page. */
export const startDemoSystem = async (): Promise<System> => {
  const system = await startSystem('standalone', {
    world: 'demo',
    prepare: relate,
    environment: { DEMO_TOUR: 'true' },
  });
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  const find = async (name: string): Promise<Row> => {
    const { items } = await api.get<{ items: Row[] }>(`/collections?search=${encodeURIComponent(name)}`);
    const found = items.find(({ collectionName }) => collectionName === name);
    if (!found) throw new Error(`${name} is not listed`);
    return found;
  };
  const reaches = (name: string, statuses: readonly string[]): Promise<unknown> =>
    eventually(async () => statuses.includes((await find(name)).cloudSyncStatus ?? ''), {
      deadline: 90_000,
      what: `${name} to be ${statuses.join(' or ')}`,
    });

  for (const { collection, group } of EXPECTED) {
    await eventually(() => find(collection), { deadline: 60_000 });
    const { collectionId } = await find(collection);
    const { id: groupId } = await simulator.group(group);
    await api.post('/mappings', { tenantId, groupId, collectionId });
  }
  for (const { collection } of EXPECTED) await reaches(collection, ['Success', 'Partial Success', 'Failed']);

  const osaka = await find('Osaka devices');
  const { members } = await simulator.collection(osaka.collectionId);
  await simulator.editCollection(osaka.collectionId, { remove: members.map(({ name }) => name).slice(0, 40) });
  const { id: paused } = await simulator.group('App access - Engineering');
  await api.post(`/mappings/${tenantId}/${paused}/pause`);
  const berlin = await find('Berlin devices');
  const leaving = (await simulator.collection(berlin.collectionId)).members.map(({ name }) => name).slice(0, 6);
  await simulator.editCollection(berlin.collectionId, { remove: leaving });
  for (const { collection, status } of EXPECTED) await reaches(collection, [status]);
  return system;
};
