import { SERVICES, type ServiceName } from '@collection-sync/core';
import { eventually, type RunningProcess } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from './api-client.js';
import { whenStarted } from './installation.js';
import { startSystem, type DistributedSystem } from './system.js';

const REPLICAS = 3;
const FIRST = 200;
const EACH = 5;
const LEASE_MS = 30_000;

let system: DistributedSystem;
const replicas = new Map<ServiceName, RunningProcess[]>();

const start = async (service: ServiceName): Promise<RunningProcess> => {
  const started = system.installation.run(service);
  await whenStarted(service, started);
  return started;
};

beforeAll(async () => {
  system = await startSystem('distributed');
  for (const service of SERVICES) {
    replicas.set(service, [system.processes[service]]);
    for (let more = 1; more < REPLICAS; more += 1) replicas.get(service)?.push(await start(service));
  }
}, 400_000);

afterAll(async () => {
  await Promise.all([...replicas.values()].flat().map((each) => each.stop()));
  await system.close();
}, 60_000);

const nameOf = (at: number): string => `PC-${String(at).padStart(4, '0')}`;

it('each replica of each service is stopped in turn while runs go on: nothing is lost and nobody sees an error', async () => {
  const { simulator } = system;
  const { tenantId } = simulator.addresses;
  const apiOf = async (): Promise<ApiClient> => {
    const newest = replicas.get('status')?.at(-1) ?? system.processes.status;
    return new ApiClient((await whenStarted('status', newest)).url, system.api.token);
  };
  const total = FIRST + EACH * REPLICAS * SERVICES.length;
  for (let at = 0; at < total; at += 1) await simulator.send('POST', '/devices', { name: nameOf(at) });
  const named = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => nameOf(from + at));
  const collection = await simulator.send<{ id: string }>('POST', '/collections', {
    name: 'Everything',
    members: named(0, FIRST),
  });
  const group = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'Everything' });
  // each call takes its time, so that a stop finds one in flight
  await simulator.send('POST', '/faults', { face: 'graph', method: 'POST', url: 'batch', delayMs: 1_500 });
  await eventually(async () => (await apiOf()).get(`/collections/${collection.id}`), {
    deadline: 60_000,
    what: 'the collection',
  });
  await (await apiOf()).post('/mappings', { tenantId, groupId: group.id, collectionId: collection.id });
  await eventually(async () => (await simulator.group(group.id)).members.length > 0, { deadline: 60_000 });

  let members = FIRST;
  for (const service of SERVICES) {
    for (let turn = 0; turn < REPLICAS; turn += 1) {
      await simulator.editCollection(collection.id, { add: named(members, EACH) });
      members += EACH;
      const [oldest, ...others] = replicas.get(service) ?? [];
      const { code } = (await oldest?.stop()) ?? {};
      expect(code, `${service}: ${oldest?.tail()}`).toBe(0);
      replicas.set(service, [...others, await start(service)]);
    }
  }
  const stopped = Date.now();
  await eventually(async () => (await simulator.group(group.id)).members.length === total, {
    deadline: LEASE_MS,
    what: 'everybody in the group, sooner than a lease expires',
  });
  console.log(`everybody was in the group ${Date.now() - stopped} ms after the last restart`);
  const { items: runs } = await (
    await apiOf()
  ).get<{ items: { state: string; failure?: unknown }[] }>('/runs?limit=200');
  expect(runs.filter(({ state }) => state === 'failed')).toEqual([]);
  const { items: failed } = await (
    await apiOf()
  ).get<{ items: unknown[] }>(`/targets/${tenantId}/${group.id}/members?state=Failed`);
  expect(failed).toEqual([]);
  const { items: dead } = await (await apiOf()).get<{ items: unknown[] }>('/dead-letters');
  expect(dead).toEqual([]);
}, 400_000);
