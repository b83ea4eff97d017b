import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFull } from './run-full.js';
import { startSystem, type System } from './system.js';

// Names pass on. Whoever has the name of a member now is not the member, and gets no access that was meant for somebody else.

interface Person {
  readonly resourceId: number;
  readonly objectId: string | null;
}

interface Shown {
  readonly items: readonly { resourceId: number; state: string; reason: string | null; objectId: string | null }[];
}

let system: System;
beforeAll(async () => {
  system = await startSystem('standalone');
}, 120_000);
afterAll(() => system.close(), 60_000);

it('who gets the user principal name of a leaver is not added, nor who has that of a user with another SID', async () => {
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  const person = (name: string, fields: object = {}): Promise<Person> =>
    simulator.send('POST', '/users', { name, userName: name.toLowerCase(), upn: `${name}@contoso.com`, ...fields });
  const ann = await person('Ann');
  const bob = await person('Bob');
  const carl = await person('Carl', { sid: 'S-1-5-21-1-2-3-1001', identity: 'none' });
  const { id: collectionId } = await simulator.send<{ id: string }>('POST', '/collections', {
    name: 'People',
    type: 'user',
    members: ['Ann', 'Bob', 'Carl'],
  });
  const { id: groupId } = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'People' });
  const target = `/targets/${tenantId}/${groupId}`;
  const inGroup = async () => (await simulator.group(groupId)).members.map(({ id }) => id).sort();
  const stateOf = async ({ resourceId }: Person) => {
    const { items } = await api.get<Shown>(`${target}/members`);
    const { state, reason, objectId } = items.find((one) => one.resourceId === resourceId) ?? {};
    return { state, reason, objectId };
  };
  const becomes = (one: Person, wanted: object) =>
    eventually(async () => expect(await stateOf(one)).toMatchObject(wanted), { deadline: 60_000 });

  await eventually(() => api.get(`/collections/${collectionId}`), { deadline: 60_000, what: 'the collection' });
  await api.post('/mappings', { tenantId, groupId, collectionId, collectionType: 'user' });
  await becomes(ann, { state: 'Success', objectId: ann.objectId });
  await becomes(carl, { state: 'Waiting', reason: 'NoEntraRecord' });

  await simulator.send('POST', '/users/Ann/delete');
  await becomes(ann, { state: 'Failed', reason: 'ObjectDeleted' });

  const newcomers = [
    await person('Newcomer', { upn: 'Ann@contoso.com', sid: 'S-1-5-21-1-2-3-2001' }),
    await person('Carla', { upn: 'Carl@contoso.com', sid: 'S-1-5-21-1-2-3-2002' }),
  ];
  await becomes(carl, { state: 'Failed', reason: 'IdentityConflict', objectId: null });
  // everything is resolved once more, and the group made equal to that
  await runFull(api, `${tenantId}/${groupId}`);
  expect(await inGroup()).toEqual([bob.objectId]);
  expect(newcomers.every(({ objectId }) => objectId !== null)).toBe(true);
  expect(await stateOf(ann)).toMatchObject({ state: 'Failed', reason: 'ObjectDeleted', objectId: null });
}, 300_000);
