import { CSDL, DOCUMENTED, fits, startSimulator, TEN_STEP, type Simulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { credentialEnd } from './credential-end.js';
import { readDelta } from './delta.js';
import type { GraphClient } from './graph-client.js';
import { findByName } from './find-by-name.js';
import { GraphTenants } from './graph-tenants.js';
import { getGroup, memberOf, ownersOf, searchGroups } from './groups.js';
import { deltaOfGroups, existingObjects, hasMemberList, listMembers, memberPart } from './members/index.js';
import { NEEDS } from './permissions.js';
import { EVENTUAL } from './request-headers.js';

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const { groupId } = TEN_STEP;
/** Relationships that a delta may select beside properties. https://learn.microsoft.com/graph/api/group-delta */
const FOLLOWED: Partial<Record<keyof typeof CSDL, readonly string[]>> = { group: ['members'] };

interface Sent {
  readonly method: string;
  readonly url: string;
}

let sim: Simulator;
let graph: GraphClient;
let sent: Sent[];

const all = async (pages: AsyncIterable<unknown>): Promise<void> => {
  for await (const page of pages) void page;
};

beforeAll(async () => {
  sim = await startSimulator({});
  const credential = { kind: 'static-token' as const, token: 't' };
  graph = new GraphTenants([{ tenant: sim.tenantId, baseUrl: sim.graphUrl, credential }]).client(sim.tenantId);
  const object = '0b1ec700-0000-4000-8000-000000000001';
  const group = await getGroup(graph, groupId);
  if (!group) throw new Error('the group of the world is gone');
  await searchGroups(graph, { text: 'G' });
  await hasMemberList(graph, groupId);
  await all(listMembers(graph, groupId, { names: true }));
  await all(graph.pages('/devices/delta', { $select: 'deviceId,accountEnabled,trustType' }));
  await all(graph.pages('/users/delta', { $select: 'userPrincipalName,onPremisesSecurityIdentifier,accountEnabled' }));
  await all(readDelta(graph, { link: null, ...deltaOfGroups([groupId]) }, {}));
  await findByName(graph, 'device', { name: 'DeviceA', top: 10 });
  await findByName(graph, 'user', { name: 'UserA', top: 10 });
  await existingObjects(graph, [object]);
  await ownersOf(graph, group);
  await memberOf(graph, group);
  await credentialEnd({ kind: 'secret', clientId: sim.clientId, secret: sim.clientSecret }, graph)();
  await graph.batch([
    memberPart(graph, groupId, { kind: 'patch', objects: [object, groupId] }, '1'),
    memberPart(graph, groupId, { kind: 'post', objects: [object] }, '2'),
    memberPart(graph, groupId, { kind: 'delete', objects: [object] }, '3'),
  ]);
  const journal = (await (await fetch(`${sim.controlUrl}/journal`)).json()) as Sent[];
  sent = journal.filter(({ url }) => !url.endsWith('/$batch'));
});
afterAll(() => sim.close());

const pathOf = ({ url }: Sent): string => (url.split('?')[0] ?? '').replace(/^\/v1\.0/, '').replaceAll(GUID, '{id}');

it('every request that a need names was made, no other, and Microsoft documents its permissions', () => {
  const named = NEEDS.flatMap(({ requests }) => requests);
  const requests = [...new Set(sent.map((one) => `${one.method} ${pathOf(one)}`))];
  expect(new Set(requests)).toEqual(new Set(named));
  for (const request of requests) expect(Object.keys(DOCUMENTED)).toContain(request);
});

it('every answer has the properties of its type alone, with values of their types', async () => {
  const answers = sent.filter(({ method }) => method === 'GET');
  let properties = 0;
  for (const one of answers) {
    const headers = { authorization: 'Bearer t', ...(one.url.includes('$count') ? EVENTUAL : {}) };
    const response = await fetch(`${sim.graphUrl}${one.url}`, { headers });
    const body = (await response.json()) as Record<string, unknown> & { value?: Record<string, unknown>[] };
    for (const item of body.value ?? [body]) {
      const type =
        /#microsoft\.graph\.(\w+)$/.exec(String(item['@odata.type']))?.[1] ?? /^\/(\w+?)s\b/.exec(pathOf(one))?.[1];
      const shape = CSDL[type as keyof typeof CSDL];
      for (const [name, value] of Object.entries(item)) {
        if (name.includes('@')) continue;
        expect(fits(shape[name], value), `${type}.${name} of ${one.url}: ${JSON.stringify(value)}`).toBe(true);
        properties += 1;
      }
    }
  }
  expect(properties).toBeGreaterThan(30);
});

it.each([
  ['groups', 'group'],
  ['devices', 'device'],
  ['users', 'user'],
] as const)('the simulator shows %s with the properties of their type alone', async (path, type) => {
  const response = await fetch(`${sim.graphUrl}/v1.0/${path}?$top=5`, { headers: { authorization: 'Bearer t' } });
  const { value } = (await response.json()) as { value: Record<string, unknown>[] };
  for (const item of value) for (const name of Object.keys(item)) expect(Object.keys(CSDL[type])).toContain(name);
});

it('every property that is asked for is one of its type', () => {
  const asked = sent.flatMap((one) => {
    const select = new URL(one.url, 'http://x').searchParams.get('$select');
    const type = /^\/(device|user|group)s(?:\/delta|\/\{id\})?$/.exec(pathOf(one))?.[1];
    return select && type ? select.split(',').map((name) => ({ type: type as keyof typeof CSDL, name })) : [];
  });
  expect(asked.length).toBeGreaterThan(15);
  for (const { type, name } of asked) expect([...Object.keys(CSDL[type]), ...(FOLLOWED[type] ?? [])]).toContain(name);
});
