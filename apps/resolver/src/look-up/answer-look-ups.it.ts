import { randomUUID } from 'node:crypto';
import { TOPICS, type LookUpOf } from '@collection-sync/core';
import { afterEach, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld, NEVER } from '../../test/directory-world.js';
import { AnswerLookUps } from './answer-look-ups.js';

let world: DirectoryWorld;
afterEach(() => world.close());

const answered = async (question: Partial<LookUpOf<'site-answered'>>) => {
  const lookUps = new AnswerLookUps(world.context());
  await world.forgetPublished();
  await lookUps.keep([
    {
      id: randomUUID(),
      event: 'site-answered',
      tenant: world.tenant,
      collection: 'ABC00014',
      collectionType: 'device',
      name: 'PC0',
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      site: { at: new Date().toISOString(), resources: [] },
      ...question,
    },
  ]);
  await lookUps.answerNext(NEVER);
  const [event] = await world.published(TOPICS.lookUp);
  return event?.event === 'directory-answered' ? event.directory : undefined;
};

const siteHas = (deviceId?: string): Pick<LookUpOf<'site-answered'>, 'site'> => ({
  site: {
    at: new Date().toISOString(),
    resources: [{ resource: 1, name: 'PC0', identity: deviceId ? { deviceId } : {}, membership: 'none' }],
  },
});

it('says that the directory is still being read, rather than that it has nobody', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  expect(await answered({})).toMatchObject({
    resolved: [],
    named: [],
    problem: expect.stringMatching(/still being read/),
  });
});

it('resolves what the site has as a member, and asks Graph by the name only where that gives no object', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  const { deviceId, objectId } = await world.device('PC0');
  const before = (await world.asked()).length;
  expect(await answered(siteHas(deviceId))).toMatchObject({
    resolved: [{ resource: 1, object: objectId, enabled: true }],
    named: [],
  });
  expect((await world.asked()).length).toBe(before);
  expect(await answered(siteHas())).toMatchObject({
    resolved: [{ resource: 1, object: null, reason: 'NoIdentity' }],
    named: [{ object: objectId, name: 'PC0', enabled: true }],
  });
});

it('knows by its id what appeared a moment ago, before the mirror hears of it', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  await world.control('POST', '/devices', { name: 'NEW' });
  const { deviceId, objectId } = await world.device('NEW');
  const { site } = siteHas(deviceId);
  expect(await answered({ name: 'NEW', site })).toMatchObject({
    resolved: [{ resource: 1, object: objectId, enabled: true }],
    named: [],
  });
});

it('finds a user by the principal name', async () => {
  world = await DirectoryWorld.open({ world: { users: [{ name: 'Ann', userName: 'ann', upn: 'ann@contoso.com' }] } });
  await world.fill('user');
  const asked = { collectionType: 'user', name: 'ann@contoso.com' } as const;
  expect(await answered(asked)).toMatchObject({ named: [{ enabled: true }] });
  expect(await answered({ ...asked, name: "o'neill@contoso.com" })).toMatchObject({ named: [] });
});

it('answers nobody who does not wait any more', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  expect(await answered({ expiresAt: new Date(Date.now() - 1).toISOString() })).toBeUndefined();
});

it('says why Graph could not be asked', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  await world.control('POST', '/faults', { face: 'graph', url: '/devices\\?', status: 403 });
  expect(await answered({})).toMatchObject({
    resolved: [],
    problem: expect.stringMatching(/Device\.Read\.All|permission/i),
  });
});
