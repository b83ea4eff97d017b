import { TOPICS } from '@collection-sync/core';
import { startSimulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectionEvent, makeGroups, startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';

interface Mapping {
  version: number;
  state: string;
  groupName: string;
}
interface TakenOver {
  results: { collectionId: string; groupId: string; status: number; problem?: { detail: string }; notes: string[] }[];
}

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let status: Fixture;
let groups: Record<string, string>;
const GONE = '99999999-0000-4000-8000-000000000001';

beforeAll(async () => {
  simulator = await startSimulator({ world: 'ten-step' });
  groups = await makeGroups(simulator, {
    Plain: {},
    Renamed: {},
    Shared: {},
    Taken: {},
    Dynamic: { groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Berlin"' },
  });
  status = await startFixture({ graphUrl: simulator.graphUrl });
  const relations = (...named: [group: string, groupName: string][]) => ({
    productRelations: named.map(([group, groupName]) => ({ group, groupName })),
  });
  await status.publish(
    TOPICS.collection,
    collectionEvent(
      'ABC00014',
      relations(
        [groups['Plain'] ?? '', 'Plain'],
        [groups['Renamed'] ?? '', 'Old name'],
        [groups['Dynamic'] ?? '', 'Dynamic'],
        [GONE, 'Gone'],
        [groups['Shared'] ?? '', 'Shared'],
      ),
    ),
    collectionEvent('ABC00015', relations([groups['Shared'] ?? '', 'Shared'], [groups['Taken'] ?? '', 'Taken'])),
    collectionEvent('ABC00016', { state: 'missing', ...relations([groups['Plain'] ?? '', 'Plain']) }),
  );
});
afterAll(async () => {
  await status.close();
  await simulator.close();
});

const path = (group: string): string => `/mappings/${TENANT}/${groups[group] ?? ''}`;
const create = (group: string, query = '', more: object = {}) =>
  status.request<Mapping>('POST', `/mappings${query}`, {
    tenantId: TENANT,
    groupId: groups[group],
    collectionId: 'ABC00014',
    ...more,
  });
/** Everything that a change leaves behind. */
const traces = () =>
  status.database.query(
    'select (select count(*) from mapping) as mappings, (select count(*) from audit) as audit, (select count(*) from sent) as sent',
  );

describe('an answer', () => {
  it('says where what was made is, and its version', async () => {
    const made = await create('Taken', '', { paused: true });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1${path('Taken')}`);
    expect(made.headers.get('etag')).toBe(`"${made.body.version}"`);
    const read = await status.request('GET', path('Taken'));
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'));
  });

  it('says where what was asked for is', async () => {
    await status.request('POST', `${path('Taken')}/resume`);
    const sent = await status.request<{ id: string }>('POST', `/targets/${TENANT}/${groups['Taken'] ?? ''}/sync`, {});
    expect(sent).toMatchObject({ status: 202 });
    expect(sent.headers.get('location')).toBe(`/api/v1/commands/${sent.body.id}`);
    expect((await status.request('GET', `/commands/${sent.body.id}`)).status).toBe(200);
  });
});

describe('a change with If-Match', () => {
  it.each([
    ['PATCH', '', { schedule: { kind: 'manual' } }],
    ['POST', '/pause', undefined],
    ['POST', '/resume', undefined],
    ['DELETE', '?members=leave', undefined],
  ])('is refused of another version, and done of this one (%s %s)', async (method, rest, body) => {
    const etag = (await status.request('GET', path('Taken'))).headers.get('etag') ?? '';
    const before = await traces();
    for (const other of ['"1"', `W/${etag}`])
      expect(await status.request(method, path('Taken') + rest, body, { 'if-match': other })).toMatchObject({
        status: 412,
        body: { detail: expect.stringMatching(/^The mapping was changed by local at /) as string },
      });
    expect(await traces()).toEqual(before);
    const done = await status.request<Mapping>(method, path('Taken') + rest, body, { 'if-match': `"1", ${etag}` });
    expect([200, 202]).toContain(done.status);
    expect(done.headers.get('etag')).not.toBe(etag);
  });

  it('must name entity tags', async () => {
    expect(await status.request('PATCH', path('Taken'), {}, { 'if-match': 'seven' })).toMatchObject({ status: 400 });
  });
});

describe('a dry run', () => {
  it('answers as the act does, and leaves nothing behind', async () => {
    const before = await traces();
    const would = await create('Plain', '?dryRun=true');
    expect(would).toMatchObject({ status: 200, body: { groupName: 'Plain', state: 'active' } });
    expect(would.headers.get('location')).toBeNull();
    expect(await create('Dynamic', '?dryRun=true')).toMatchObject({ status: 422 });
    expect(await traces()).toEqual(before);
  });

  it('tells of a switch which targets it concerns', async () => {
    await create('Taken');
    const turn = (query: string) =>
      status.request<{ targets: string[] }>('PUT', `/tenants/${TENANT}/switch${query}`, { enabled: false });
    const would = await turn('?dryRun=true');
    expect(would.body.targets).toEqual([`${TENANT}/${groups['Taken'] ?? ''}`]);
    expect((await status.request<Mapping>('GET', path('Taken'))).body.state).toBe('active');
    expect((await turn('')).body).toEqual(would.body);
    expect((await status.request<Mapping>('GET', path('Taken'))).body.state).toBe('paused');
    await status.request('PUT', `/tenants/${TENANT}/switch`, { enabled: true });
  });

  it('of a take-over tells what it will do with every relation', async () => {
    const before = await traces();
    const takeOver = async (query: string) =>
      (await status.request<TakenOver>('POST', `/migration/take-over${query}`, {})).body.results.map(
        ({ collectionId, groupId, status: code, problem, notes }) => ({
          is: `${collectionId} ${Object.keys(groups).find((name) => groups[name] === groupId) ?? 'Gone'}`,
          says: problem?.detail ?? (notes.join(' ') || String(code)),
        }),
      );
    const would = await takeOver('?dryRun=true');
    expect(await traces()).toEqual(before);
    expect(Object.fromEntries(would.map(({ is, says }) => [is, says]))).toEqual({
      'ABC00014 Plain': '201',
      'ABC00014 Renamed': 'The group is named Renamed in Entra now; Configuration Manager knows it as Old name.',
      'ABC00014 Dynamic': expect.stringMatching(/dynamic/i) as string,
      'ABC00014 Gone': expect.stringContaining('Entra has no group') as string,
      'ABC00014 Shared': 'Several collections claim the group Shared.',
      'ABC00015 Shared': 'Several collections claim the group Shared.',
      'ABC00015 Taken': 'The group is synchronised with collection ABC00014 (Collection ABC00014) already.',
      'ABC00016 Plain': 'The site does not list the collection ABC00016 any more.',
    });
    expect(await takeOver('')).toEqual(would);
    expect((await status.request<Mapping>('GET', path('Renamed'))).body.groupName).toBe('Renamed');
  });
});
