import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import { TOPICS, type Member } from '@collection-sync/core';
import { MeteredGraph } from '@collection-sync/graph';
import { Health, Metrics, type RunningService } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { InProcessBudget } from '@collection-sync/redis';
import { eventually, freshDatabase } from '@collection-sync/testing';
import { afterEach, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld } from '../test/directory-world.js';
import { deltaRecord, mappingRecord, Probe, publish } from '../test/probe.js';
import { DEFAULT_SETTINGS, resolver, type ResolverSettings } from './index.js';

let world: DirectoryWorld;
const services: { service: RunningService; database: ServiceDatabase }[] = [];
afterEach(async () => {
  for (const { service, database } of services.splice(0)) {
    await service.close();
    await database.close();
  }
  await world.close();
});

const bus = (...names: string[]) =>
  new InProcessBus({ store: new MemoryCompactedStore(), log: world.log, services: names });

const start = async (on: InProcessBus, settings: Partial<ResolverSettings> = {}, url = freshDatabase()) => {
  const database = new ServiceDatabase({ url: await url, schema: 'resolver', application: 'test' });
  const health = new Health();
  const metrics = new Metrics('resolver');
  const budget = new InProcessBudget((tenant) => world.graph.budget(tenant));
  const parts = {
    database,
    bus: on,
    graph: new MeteredGraph(world.graph, budget),
    locks: world.locks,
    settings: { ...DEFAULT_SETTINGS, feedEveryMs: 100, ...settings },
    http: { port: 0 },
  };
  const service = await resolver.with(parts).start(world.log, { health, metrics });
  services.push({ service, database });
  return { service, database, health, metrics };
};

it('reports the state of its tenants at start, on change and periodically', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(5) });
  const on = bus('resolver', 'probe');
  const probe = await Probe.open(on.work('probe'), [TOPICS.upstream]);
  const unknown = 'dddddddd-0000-4000-8000-000000000001';
  const { health } = await start(on, { reportEveryMs: 200 });
  await publish(on, mappingRecord(unknown, 'device'));
  await eventually(() => probe.state('directory', world.tenant)?.state === 'ready');
  expect(probe.state('directory', world.tenant)).toMatchObject({ figures: { devices: 5 } });
  await eventually(() => health.report().parts[`directory ${world.tenant}`]?.state === 'ok');
  const away = await eventually(() => probe.state('directory', unknown));
  expect(away).toMatchObject({ state: 'unavailable', code: 'GRAPH_SIGN_IN_REFUSED' });
  const before = probe.events(TOPICS.upstream).length;
  await eventually(() => probe.events(TOPICS.upstream).length > before + 3);
});

it('mirrors users as soon as a user collection is mapped, and is ready again then', async () => {
  world = await DirectoryWorld.open({
    world: { devices: [{ name: 'PC0' }], users: [{ name: 'Ann', userName: 'ann', upn: 'ann@contoso.com' }] },
  });
  const on = bus('resolver', 'probe');
  const probe = await Probe.open(on.work('probe'), [TOPICS.upstream, TOPICS.membershipChange]);
  const url = await freshDatabase();
  const { service, database } = await start(on, {}, Promise.resolve(url));
  const before = await eventually(() => {
    const state = probe.state('directory', world.tenant);
    return state?.state === 'ready' && state;
  });
  expect(before.figures).toEqual({ devices: 1 });
  expect(await world.asked('user')).toEqual([]);
  await publish(on, mappingRecord(world.tenant, 'user'));
  const after = await eventually(() => {
    const state = probe.state('directory', world.tenant);
    return state && state.since > before.since && state;
  });
  expect(after).toMatchObject({ state: 'ready', figures: { devices: 1, users: 1 } });
  const ann: Member = { resource: 7, kind: 'user', name: 'Ann', identity: { upn: 'ann@contoso.com' } };
  await publish(on, deltaRecord(world.tenant, { collectionType: 'user', adds: [ann] }));
  expect(probe.events(TOPICS.membershipChange).at(-1)?.adds[0]?.object).toBeTruthy();

  // once mirrored, always mirrored: a restart does not need the mapping for it, nor reports a new beginning
  await service.close();
  await database.close();
  services.pop();
  await start(bus('resolver'), {}, Promise.resolve(url));
  const asked = (await world.asked('user')).length;
  await eventually(async () => (await world.asked('user')).length > asked);
  expect(probe.state('directory', world.tenant)?.since).toBe(after.since);
});

it('a device that is registered late is announced, and the member joins with what is sent then', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(2) });
  await world.control('POST', '/devices', { name: 'LATE', joined: 'site' });
  const { resourceId, deviceId } = await world.device('LATE');
  const late: Member = { resource: resourceId, kind: 'device', name: 'LATE', identity: { deviceId } };
  const on = bus('resolver', 'probe');
  const probe = await Probe.open(on.work('probe'), [TOPICS.upstream, TOPICS.membershipChange, TOPICS.directoryChange]);
  const { metrics, service } = await start(on);
  await eventually(() => probe.state('directory', world.tenant)?.state === 'ready');
  await publish(on, deltaRecord(world.tenant, { adds: [late] }));
  expect(probe.events(TOPICS.membershipChange).at(-1)?.adds[0]).toMatchObject({
    object: null,
    reason: 'NoEntraRecord',
  });
  await world.control('POST', '/devices/LATE/join', { deviceId, where: 'directory' });
  const change = await eventually(() => probe.events(TOPICS.directoryChange)[0]);
  // nothing tells yet what the site holds, so that the object id is announced as well
  const { objectId } = await world.device('LATE');
  const appeared = [deviceId, objectId].map(
    (id) => expect.objectContaining({ change: 'appeared', deviceId: id }) as object,
  );
  expect(change).toMatchObject({ tenant: world.tenant, identities: appeared });
  await publish(on, deltaRecord(world.tenant, { from: 2, to: 3, adds: [late] }));
  const joined = probe.events(TOPICS.membershipChange).at(-1)?.adds[0];
  expect(joined?.object).toBe(objectId);
  expect(Date.parse(joined?.appearedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(await metrics.text()).toMatch(/collection_sync_resolver_late_join_seconds_count\{[^}]*\} 1/);
  const answer = await fetch(`${service.url}/health/ready`);
  expect(answer.status).toBe(200);
});
