import { TOPICS, type TopicName, SERVICES } from '@collection-sync/core';
import { eventually, services, uniqueName } from '@collection-sync/testing';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiFailure } from './api-client.js';
import { startSystem, type DistributedSystem } from './system.js';

// What the services say at level info, in good times and in bad, names no person, no device and no secret.

const GRAPH_TOKEN = uniqueName('graph-token');
const COLLECTIONS = [
  ['Berlin devices', 'Intune - Berlin devices'],
  ['Lisbon devices', 'Intune - Lisbon devices'],
  ['Finance people', 'App access - Finance'],
] as const;

interface Person {
  readonly name: string;
  readonly upn?: string;
  readonly sid?: string;
}
interface World {
  readonly devices: readonly Person[];
  readonly users: readonly Person[];
}

let system: DistributedSystem;
beforeAll(async () => {
  system = await startSystem('distributed', { world: 'demo', environment: { GRAPH_STATIC_TOKEN: GRAPH_TOKEN } });
}, 120_000);
afterAll(() => system.close(), 60_000);

const mapped = async (name: string, groupName: string): Promise<string> => {
  const { api, simulator } = system;
  const { tenantId } = simulator.addresses;
  interface Rows {
    items: { collectionId: string; collectionName: string }[];
  }
  const { collectionId } = await eventually(
    async () => {
      const { items } = await api.get<Rows>(`/collections?search=${encodeURIComponent(name)}`);
      return items.find(({ collectionName }) => collectionName === name);
    },
    { deadline: 60_000, what: `the collection ${name}` },
  );
  const { id } = await simulator.group(groupName);
  await api.post('/mappings', { tenantId, groupId: id, groupName, collectionId });
  await settled(`/targets/${tenantId}/${id}`);
  return `/targets/${tenantId}/${id}`;
};

const settled = (target: string): Promise<unknown> =>
  eventually(
    async () =>
      (await system.api.get<{ row: { cloudSyncStatus: string } }>(target)).row.cloudSyncStatus !== 'In Progress',
    { deadline: 90_000, what: `${target} to be settled` },
  );

/** Operators look for people by their names, and mistype them. */
const lookFor = async (target: string, { name, upn = name }: Person): Promise<void> => {
  const { api } = system;
  const text = encodeURIComponent(upn);
  for (const path of [`${target}/members?search=${text}`, `${target}/why/${text}`, `/people/${text}`, `/?q=${text}`])
    await api.get(path).catch((error: unknown) => {
      if (!(error instanceof ApiFailure)) throw error;
    });
  await api.post(`${target}/sync`, { kind: name }).catch((error: unknown) => {
    if (!(error instanceof ApiFailure)) throw error;
  });
};

/** The outside fails in the middle of its answers. */
const failNow = async (): Promise<void> => {
  const { simulator } = system;
  for (const fault of [
    { face: 'adminservice', wire: 'truncate', times: 3 },
    { face: 'adminservice', status: 500, times: 2 },
    { face: 'graph', url: 'delta', wire: 'truncate', times: 2 },
    { face: 'graph', url: 'members', wire: 'truncate', times: 1 },
    { face: 'graph', url: 'batch', wire: 'reset', times: 1 },
    { face: 'graph', url: 'batch', status: 503, times: 1 },
    { face: 'graph', method: 'POST', url: 'batch', level: 'part', status: 404, times: 2 },
  ])
    await simulator.send('POST', '/faults', fault);
};

/** Somebody else's program writes what cannot be read. */
const foreign = async ({ name, upn, sid }: Person): Promise<void> => {
  const { KAFKA_TOPIC_PREFIX: prefix = '' } = system.installation.environment;
  const kafka = new kafkajs.Kafka({ brokers: [services().kafkaBrokers], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const topics: TopicName[] = [
    TOPICS.membershipDelta,
    TOPICS.membershipChange,
    TOPICS.membershipResult,
    TOPICS.command,
  ];
  for (const topic of topics)
    await producer.send({
      topic: `${prefix}${topic}`,
      messages: [`${name}`, `{"name": ${upn ?? name}}`, JSON.stringify({ adds: name, upn, sid })].map((value) => ({
        key: 'nobody',
        value,
      })),
    });
  await producer.disconnect();
  await eventually(
    async () =>
      (await system.api.get<{ items: unknown[] }>('/dead-letters?limit=200')).items.length >= topics.length * 3,
    { deadline: 60_000, what: 'the dead letters' },
  );
};

it('names nobody and no secret', async () => {
  const { api, simulator } = system;
  const world = await simulator.send<World>('GET', '/export');
  const [device] = world.devices;
  const user = world.users.find(({ upn, sid }) => upn && sid);
  if (!device || !user) throw new Error('the world has nobody');
  const targets: string[] = [];
  for (const [collection, group] of COLLECTIONS) targets.push(await mapped(collection, group));

  await failNow();
  await simulator.send('POST', '/collections/burst');
  for (const target of targets) await api.post(`${target}/sync`, { kind: 'full' });
  for (const target of targets) for (const person of [device, user]) await lookFor(target, person);
  await foreign(device);
  await foreign(user);
  await simulator.send('DELETE', '/faults');
  for (const target of targets) await settled(target);
  await fetch(`${api.url}/api/v1/collections`, { headers: { authorization: `Bearer wrong-${api.token}` } });

  const people = [...world.devices, ...world.users].flatMap(({ name, upn, sid }) => [name, upn, sid]);
  const secrets = [api.token, GRAPH_TOKEN];
  const hidden = [...new Set([...people, ...secrets])].filter((text): text is string => (text?.length ?? 0) > 4);
  expect(hidden.length).toBeGreaterThan(500);
  const found: string[] = [];
  for (const service of SERVICES) {
    const lines = system.processes[service]?.lines ?? [];
    expect(lines.length, service).toBeGreaterThan(3);
    const said = lines.join('\n').toLowerCase();
    for (const text of hidden) if (said.includes(text.toLowerCase())) found.push(`${service}: ${text}`);
    // credentials in a URL
    for (const [credentials] of said.matchAll(/[a-z]+:\/\/[^\s/:@"]*:(?!\*\*\*@)[^\s/@"]+@/g)) found.push(credentials);
  }
  expect(found).toEqual([]);
  // something went wrong for real, and was told
  const warnings = SERVICES.flatMap((service) => system.processes[service]?.lines ?? []).filter((line) =>
    /"level":"(warn|error)"/.test(line),
  );
  expect(warnings.length).toBeGreaterThan(10);
}, 300_000);
