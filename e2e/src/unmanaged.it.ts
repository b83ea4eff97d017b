import { randomUUID } from 'node:crypto';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from './system.js';

interface Shown {
  readonly items: readonly { objectId: string; state: string; objectType: string; planId: string | null }[];
}

let system: System;
beforeAll(async () => {
  system = await startSystem('standalone');
}, 120_000);
afterAll(() => system.close(), 60_000);

it('a service principal in a group is listed as an unmanaged member, and removed as one', async () => {
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  const app = await simulator.send<{ objectId: string }>('POST', '/oauth/apps', {
    clientId: randomUUID(),
    displayName: 'Deployment',
  });
  const ann = await simulator.send<{ objectId: string }>('POST', '/users', {
    name: 'Ann',
    userName: 'ann',
    upn: 'ann@contoso.com',
  });
  const { id: collectionId } = await simulator.send<{ id: string }>('POST', '/collections', {
    name: 'People',
    type: 'user',
    members: ['Ann'],
  });
  const { id: groupId } = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'People' });
  await simulator.editGroup(groupId, { add: [app.objectId] });
  const target = `/targets/${tenantId}/${groupId}`;
  const unmanaged = async () => (await api.get<Shown>(`${target}/members?unmanaged=true`)).items;
  const inGroup = async () => (await simulator.group(groupId)).members.map(({ id }) => id);

  await eventually(() => api.get(`/collections/${collectionId}`), { deadline: 60_000, what: 'the collection' });
  await api.post('/mappings', {
    tenantId,
    groupId,
    collectionId,
    collectionType: 'user',
    policy: { guard: { maxRemovals: 0 } },
  });
  const held = { objectId: app.objectId, objectType: 'servicePrincipal', state: 'Held' };
  await eventually(async () => expect(await unmanaged()).toMatchObject([held]), { deadline: 60_000 });
  await eventually(async () => expect((await inGroup()).sort()).toEqual([ann.objectId, app.objectId].sort()), {
    deadline: 60_000,
  });
  const { items: runs } = await api.get<{ items: { comparison: unknown }[] }>(
    `/runs?tenantId=${tenantId}&groupId=${groupId}&kind=full`,
  );
  expect(runs.at(-1)?.comparison).toEqual({
    by: 'listing',
    listed: 1,
    unmanaged: [{ objectType: 'servicePrincipal', members: 1 }],
    unseen: 0,
  });

  const { id } = await api.post<{ id: string }>(`${target}/compare`);
  await eventually(
    async () => {
      const { run } = await api.get<{ run: { state: string; comparison: unknown } }>(`/runs/${id}`);
      return expect(run).toMatchObject({
        state: 'completed',
        comparison: { listed: 2, missing: 0, unmanaged: [{ objectType: 'servicePrincipal', members: 1 }], unseen: 0 },
      });
    },
    { deadline: 60_000, what: 'the comparison' },
  );

  const [{ planId } = { planId: null }] = await unmanaged();
  await api.post(`/plans/${planId}/approve`);
  await eventually(async () => expect(await inGroup()).toEqual([ann.objectId]), { deadline: 60_000 });
  await eventually(async () => expect(await unmanaged()).toEqual([]), { deadline: 60_000 });
}, 300_000);
