import { randomUUID } from 'node:crypto';
import { AppError, targetOf, TOPICS, type Member, type MembershipDelta, type Received } from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { startSimulator } from '@collection-sync/simulator';
import { eventually } from '@collection-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld, NEVER, tenantsOf } from '../../test/directory-world.js';
import { FollowDirectories } from '../follow/follow-directories.js';
import type { ResolverSettings } from '../settings.js';
import { readFeeds } from '../store/feeds.js';
import { ForwardMembership } from './forward-membership.js';

let world: DirectoryWorld;
afterEach(() => world.close());

type Chunk = Received<typeof TOPICS.membershipDelta>;
let offset = 0;

const chunk = (fields: Partial<MembershipDelta> & { tenants?: string[] } = {}): Chunk => {
  const { tenants = [world.tenant], ...rest } = fields;
  const event: MembershipDelta = {
    transfer: randomUUID(),
    mode: 'incremental',
    content: 'delta',
    collection: 'ABC00014',
    collectionType: 'device',
    from: 1,
    to: 2,
    chunk: 0,
    last: true,
    readAt: new Date().toISOString(),
    targets: tenants.map((tenant) => ({
      target: targetOf(tenant, GROUP),
      tenant,
      group: GROUP,
      activated: 1,
      disabledObjects: 'keep',
    })),
    adds: [],
    removes: [],
    ...rest,
  };
  return {
    topic: TOPICS.membershipDelta,
    key: event.collection,
    headers: {},
    event,
    partition: 0,
    offset: String(offset++),
  };
};
const GROUP = 'cccccccc-0000-4000-8000-000000000001';

const given: { chunk: Chunk; code: string }[] = [];
const handling = (signal: AbortSignal = NEVER) => ({
  signal,
  deadLetter: (one: Chunk, code: string) => Promise.resolve(void given.push({ chunk: one, code })),
});
const forwarding = (settings: Partial<ResolverSettings> = {}, context = world.context(settings)) => {
  const forwarder = new ForwardMembership(context);
  return { forward: (chunks: Chunk[], signal?: AbortSignal) => forwarder.forward(chunks, handling(signal)) };
};
const sent = () => world.sink.events(TOPICS.membershipChange);
const device = async (name: string): Promise<Member & { object: string }> => {
  const { resourceId, deviceId, objectId } = await world.device(name);
  return { resource: resourceId, kind: 'device', name, identity: { deviceId }, object: objectId };
};

it('sends each chunk on for each target, in order, with object ids and reasons', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(3) });
  await world.fill('device');
  const [a, b] = [await device('PC0'), await device('PC1')];
  const lost: Member = { resource: 9, kind: 'device', name: 'lost', identity: {} };
  const chunks = [
    chunk({ adds: [a, lost], removes: [4], chunk: 0, last: false }),
    chunk({ adds: [b], chunk: 1 }),
    chunk({ content: 'complete', from: 0, collection: 'ABC00015' }),
  ];
  await forwarding().forward(chunks);
  const found = sent();
  expect(found.map(({ transfer }) => transfer)).toEqual(chunks.map(({ event }) => event.transfer));
  expect(found[0]).toMatchObject({
    target: targetOf(world.tenant, GROUP),
    chunk: 0,
    last: false,
    adds: [
      { resource: a.resource, name: 'PC0', object: a.object },
      { resource: 9, object: null, reason: 'NoIdentity' },
    ],
    removes: [4],
  });
  expect(found[2]).toMatchObject({ content: 'complete', adds: [], last: true });
  expect(await world.asked()).toHaveLength(1);
});

describe('what the site calls the id of a device', () => {
  const reported = async () => (await world.published(TOPICS.upstream)).at(-1)?.siteIds?.devices;

  it.each(['deviceId', 'objectId'] as const)('is found to be the %s, and kept', async (meaning) => {
    world = await DirectoryWorld.open({ world: devicesWorld(3), siteIds: null });
    await world.fill('device');
    const { identity, object, ...named } = await device('PC0');
    const deviceId = meaning === 'objectId' ? object : identity.deviceId;
    const { forward } = forwarding();
    await forward([chunk({ adds: [{ ...named, identity: { deviceId } }] })]);
    expect(sent()[0]?.adds[0]?.object).toBe(object);
    expect(await reported()).toBe(meaning);
    await world.forgetPublished();
    await forward([chunk({ adds: [await device('PC1')].map((each) => ({ ...each, identity: {} })) })]);
    expect(await reported()).toBeUndefined();
  });

  it.each([
    ['deviceId', false],
    ['objectId', true],
    [null, true],
  ] as const)('when it is %s, a device that appears is announced by its object id: %s', async (siteIds, announced) => {
    world = await DirectoryWorld.open({ world: devicesWorld(3), siteIds });
    await world.fill('device');
    await world.control('POST', '/devices', { name: 'NEW' });
    const { deviceId, objectId } = await world.device('NEW');
    await world.fill('device');
    const changes = (await world.changes()).map((change) => change.deviceId);
    expect(changes).toEqual(announced ? [deviceId, objectId] : [deviceId]);
  });
});

describe('what the site calls the id of a user', () => {
  const NAMES = ['Ann', 'Ben', 'Cyd', 'Dan', 'Eve', 'Flo'];
  const upnOf = (name: string) => `${name}@contoso.com`;
  const people = () =>
    Promise.all(
      NAMES.map(async (name) => {
        const { resourceId, objectId, sid } = await world.control<{
          resourceId: number;
          objectId: string;
          sid: string;
        }>('GET', `/users/${name}`);
        const member = (userId: string): Member => ({
          resource: resourceId,
          kind: 'user',
          name,
          identity: { userId, sid, upn: upnOf(name) },
        });
        return { objectId, member, elsewhere: member(randomUUID()) };
      }),
    );
  const ofUsers = (...adds: Member[]) => chunk({ collectionType: 'user', collection: 'ABC00020', adds });
  const found = () =>
    sent()
      .at(-1)
      ?.adds.map(({ object, reason }) => object ?? reason);
  const open = async () => {
    world = await DirectoryWorld.open({
      world: { users: NAMES.map((name) => ({ name, userName: name, upn: upnOf(name) })) },
    });
    await world.fill('device', 'user');
    return people();
  };
  const reported = async () => (await world.published(TOPICS.upstream)).at(-1);
  const since = async () => Date.parse((await reported())?.since ?? 'never');

  it('is found to be no object id: SIDs decide, for every replica, and everything is required again', async () => {
    const users = await open();
    const [{ elsewhere: first, objectId } = fail()] = users;
    await forwarding().forward([ofUsers(first)]);
    expect(found()).toEqual(['IdentityConflict']);
    const before = await since();

    await forwarding().forward([ofUsers(...users.map(({ elsewhere }) => elsewhere))]);
    expect(found()).toEqual(users.map((user) => user.objectId));
    expect((await reported())?.siteIds?.users).toBe('unknown');
    expect(await since()).toBeGreaterThan(before);
    await forwarding().forward([ofUsers(first)]);
    expect(found()).toEqual([objectId]);

    const { sid: _, ...named } = first.identity;
    await forwarding().forward([ofUsers({ ...first, identity: named })]);
    expect(found()).toEqual(['IdentityConflict']);
  });

  it('is found to be the object id after all, when several are', async () => {
    const users = await open();
    await forwarding().forward([ofUsers(...users.map(({ elsewhere }) => elsewhere))]);
    const before = await since();
    await forwarding().forward([ofUsers(...users.map(({ member, objectId }) => member(objectId)))]);
    expect((await reported())?.siteIds?.users).toBe('objectId');
    expect(await since()).toBeGreaterThan(before);
    await forwarding().forward([ofUsers(...users.map(({ elsewhere }) => elsewhere))]);
    expect(found()).toEqual(users.map(() => 'IdentityConflict'));
  });

  it('is not judged by users of another tenant', async () => {
    const users = await open();
    const tenantId = 'eeeeeeee-0000-4000-8000-000000000001';
    const others = users.map(({ elsewhere }) => ({ ...elsewhere, identity: { ...elsewhere.identity, tenantId } }));
    await forwarding().forward([ofUsers(...others)]);
    expect(found()).toEqual(others.map(() => 'OtherTenant'));
    expect((await reported())?.siteIds?.users ?? null).toBeNull();
  });
});

it('drops what comes before the mirror is ready, empty content too, and lets what comes after pass', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(30), graph: { deltaPageSize: 10 } });
  let pages = 0;
  const loading = await world.mirror('device', {
    onPoint: (point) => {
      if (point === 'resolver.page-stored' && ++pages === 2) throw new AppError('INTERNAL', 'killed');
    },
  });
  await expect(loading.round(NEVER)).rejects.toThrow('killed');
  const adds = [await device('PC0')];
  await forwarding().forward([chunk({ adds }), chunk({ content: 'complete', from: 0 })]);
  expect(sent()).toEqual([]);
  await world.fill('device');
  await forwarding().forward([chunk({ adds })]);
  expect(sent()).toHaveLength(1);
});

it('drops users until users are mirrored, without holding up devices', async () => {
  world = await DirectoryWorld.open({
    world: { devices: [{ name: 'PC0' }], users: [{ name: 'Ann', userName: 'ann', upn: 'ann@contoso.com' }] },
  });
  await world.fill('device');
  const ann: Member = { resource: 7, kind: 'user', name: 'Ann', identity: { upn: 'ANN@contoso.com' } };
  const ofUsers = () => chunk({ collectionType: 'user', collection: 'ABC00020', adds: [ann] });
  await forwarding().forward([ofUsers(), chunk({ adds: [await device('PC0')] })]);
  expect(sent().map(({ collectionType }) => collectionType)).toEqual(['device']);
  await world.fill('user');
  await forwarding().forward([ofUsers()]);
  expect(sent().at(-1)?.adds[0]?.object).toMatch(/^[0-9a-f-]{36}$/);
});

it('mirrors from then on what a preview needs, and resolves it when it comes again', async () => {
  world = await DirectoryWorld.open({
    world: { devices: [{ name: 'PC0' }], users: [{ name: 'Ann', userName: 'ann' }] },
  });
  await world.fill('device');
  const follow = new FollowDirectories(world.context({ reportEveryMs: 20 }));
  follow.start();
  try {
    const ofUsers = () =>
      chunk({ mode: 'preview', content: 'complete', collectionType: 'user', collection: 'ABC00020' });
    await forwarding().forward([ofUsers()]);
    expect(sent()).toEqual([]);
    await eventually(
      async () => (await readFeeds(world.database, world.tenant)).some(({ kind, ready }) => kind === 'user' && ready),
      { what: 'the users of the tenant' },
    );
    await forwarding().forward([ofUsers()]);
    expect(sent()).toMatchObject([{ mode: 'preview', collectionType: 'user' }]);
  } finally {
    await follow.stop();
  }
});

it('a tenant that is away stops nobody else: its targets are dropped, the others get theirs', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  const away = 'dddddddd-0000-4000-8000-000000000001';
  await forwarding().forward([chunk({ tenants: [away, world.tenant], adds: [await device('PC0')] })]);
  expect(sent().map(({ tenant }) => tenant)).toEqual([world.tenant]);
});

it('looks in the tenant of each target', async () => {
  const other = await startSimulator({
    world: { tenantId: 'eeeeeeee-0000-4000-8000-000000000001', devices: [{ name: 'ELSE' }] },
  });
  try {
    world = await DirectoryWorld.open({ world: devicesWorld(1) });
    const tenants = new GraphTenants([...configOf(world.sim), ...configOf(other)]);
    const both = { ...world.context(), graph: new MeteredGraph(tenants, world.newBudget()) };
    await world.fill('device');
    await world.database.execute(`insert into feed (tenant, kind, ready, phase) values ($1, 'device', true, 'delta')`, [
      other.tenantId,
    ]);
    const pc = await device('PC0');
    await forwarding({}, both).forward([
      chunk({
        tenants: [world.tenant, other.tenantId],
        adds: [pc, { ...pc, identity: { ...pc.identity, tenantId: other.tenantId } }],
      }),
    ]);
    expect(sent().map(({ adds }) => adds.map(({ object, reason }) => reason ?? object))).toEqual([
      [pc.object, 'OtherTenant'],
      ['NoEntraRecord', 'NoEntraRecord'],
    ]);
  } finally {
    await other.close();
  }
});

it('fails as a whole when the bus is away, so that the same chunks come again', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  world.sink.failure = new AppError('BUS_UNAVAILABLE', 'away');
  await expect(forwarding().forward([chunk()])).rejects.toMatchObject({ retryable: true });
  world.sink.failure = undefined;
  await forwarding().forward([chunk()]);
  expect(sent()).toHaveLength(1);
});

it('gives up a chunk that the bus refuses for good, and sends on the others', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  const chunks = [chunk(), chunk({ collection: 'ABC00099' }), chunk()];
  world.sink.refused = 'ABC00099';
  await forwarding().forward(chunks);
  expect(sent().map(({ transfer }) => transfer)).toEqual([chunks[0]?.event.transfer, chunks[2]?.event.transfer]);
  expect(given).toEqual([{ chunk: chunks[1], code: 'BUS_RECORD_REFUSED' }]);
});

it('stops between groups when its partition is taken away', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  const stop = new AbortController();
  const big = Array.from({ length: 1_500 }, (_, resource): Member => ({
    resource,
    kind: 'device',
    name: '',
    identity: {},
  }));
  const settings = { onPoint: () => stop.abort() };
  await expect(
    forwarding(settings).forward([chunk({ adds: big }), chunk({ adds: big })], stop.signal),
  ).rejects.toMatchObject({ code: 'SHUTTING_DOWN', retryable: true });
  expect(sent()).toHaveLength(1);
});

it('a late joiner whose record appears between the snapshot and the publication joins all the same', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(1) });
  await world.fill('device');
  await world.control('POST', '/devices', { name: 'LATE', joined: 'site' });
  const { resourceId, deviceId } = await world.device('LATE');
  const late: Member = { resource: resourceId, kind: 'device', name: 'LATE', identity: { deviceId } };

  // what capture holds: the row is committed before its chunk is sent
  const captured = new Map([[deviceId, late]]);
  const racing = forwarding({
    onPoint: async (point) => {
      if (point !== 'resolver.resolved' || (await world.objects()).size > 1) return;
      await world.control('POST', '/devices/LATE/join', { deviceId, where: 'directory' });
      await world.fill('device');
    },
  });
  await racing.forward([chunk({ adds: [late] })]);
  expect(sent().at(-1)?.adds[0]).toMatchObject({ object: null, reason: 'NoEntraRecord' });

  // the change was committed with the mirror, so it is announced however late the chunk was published
  const announced = await world.changes();
  expect(announced).toEqual([{ change: 'appeared', deviceId }]);
  const stamped = announced.flatMap(({ deviceId: id }) => captured.get(id ?? '') ?? []);
  await forwarding().forward([chunk({ from: 2, to: 3, adds: stamped })]);
  const { objectId } = await world.device('LATE');
  expect(sent().at(-1)?.adds[0]).toMatchObject({ resource: resourceId, object: objectId });
});

const fail = (): never => {
  throw new Error('nobody is there');
};

const configOf = (sim: Parameters<typeof tenantsOf>[0]) => [
  {
    tenant: sim.tenantId,
    baseUrl: sim.graphUrl,
    credential: { kind: 'static-token' as const, token: 'test' },
  },
];
