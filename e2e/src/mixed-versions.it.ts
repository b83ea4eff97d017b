import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS, type ServiceName } from '@collection-sync/core';
import { eventually, type RunningProcess } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Installation, whenStarted, type Environment } from './installation.js';
import { proofMain } from './promises/proof-main.js';
import { startSystem, type DistributedSystem } from './system.js';

// In the middle of a rolling upgrade: the resolver is of a later release, the writer is not yet.

const PEOPLE = Array.from({ length: 12 }, (_, at) => `PC-${at}`);
let system: DistributedSystem;
let folder: string;
const others: RunningProcess[] = [];

/** A service composed by the test suite instead of its own main. */
const instead = async (service: ServiceName, settings: object, more: Environment = {}): Promise<RunningProcess> => {
  await system.processes[service].stop();
  const composed = new Installation(system.installation.environment, { mainOf: proofMain });
  const started = composed.run(service, { PROOF_SETTINGS: JSON.stringify(settings), PROOF_POINTS: folder, ...more });
  others.push(started);
  await whenStarted(service, started);
  return started;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mixed-'));
  system = await startSystem('distributed');
  for (const name of PEOPLE) await system.simulator.send('POST', '/devices', { name });
  // content that nobody answers is sent again after seconds instead of a quarter of an hour
  await instead('capture', { tickMs: 500, pollMs: 200, resendMs: 3_000, resendMaxMs: 6_000 });
}, 200_000);

afterAll(async () => {
  await Promise.all(others.map((each) => each.stop()));
  await system.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

interface DeadLetters {
  items: { topic: string; consumer: string; code: string; why: string }[];
}

it('added fields are ignored; another major version is put aside with its reason, and heals after the upgrade', async () => {
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  const { id } = await simulator.send<{ id: string }>('POST', '/collections', {
    name: 'Everything',
    members: PEOPLE.slice(0, 3),
  });
  const group = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'Everything' });
  const members = async (): Promise<(string | null)[]> =>
    (await simulator.group(group.id)).members.map(({ name }) => name).sort();
  const becomes = (wanted: readonly string[]): Promise<unknown> =>
    eventually(async () => (await members()).join() === [...wanted].sort().join(), {
      deadline: 90_000,
      interval: 200,
      what: `the group to have ${wanted.length} members`,
    });

  let resolver = await instead('resolver', {}, { PROOF_LATER: 'fields' });
  await eventually(() => api.get(`/collections/${id}`), { deadline: 60_000, what: 'the collection' });
  await api.post('/mappings', { tenantId, groupId: group.id, collectionId: id });
  await becomes(PEOPLE.slice(0, 3));
  expect((await api.get<DeadLetters>('/dead-letters')).items).toEqual([]);

  await resolver.stop();
  resolver = await instead('resolver', {}, { PROOF_LATER: 'version' });
  await simulator.editCollection(id, { add: PEOPLE.slice(3, 6) });
  await eventually(async () => (await api.get<DeadLetters>('/dead-letters')).items.length > 0, { deadline: 60_000 });
  const [dead] = (await api.get<DeadLetters>('/dead-letters')).items;
  expect(dead).toMatchObject({
    topic: TOPICS.membershipChange,
    code: 'UNKNOWN_EVENT_VERSION',
    why: `ce_type is ${TOPICS.membershipChange.replace('.v1', '.v2')}, expected ${TOPICS.membershipChange}`,
  });
  expect(dead?.consumer).toMatch(/collection-sync\.writer$/);
  expect(await members()).toHaveLength(3);
  expect(system.processes.writer.exit).toBeUndefined();

  // both of one release again: what nobody answered is sent once more, though nothing changes at the site
  await resolver.stop();
  others.push(system.installation.run('resolver'));
  await becomes(PEOPLE.slice(0, 6));
}, 300_000);
