import { TOPICS } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionEvent, groupId, startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';

let status: Fixture;
let sequence = Date.now();

const shows = (id: string, changes: Parameters<typeof collectionEvent>[1] = {}) =>
  status.publish(TOPICS.collection, collectionEvent(id, { name: 'Pilot', ...changes, sequence: ++sequence }));

interface Row {
  readonly collectionId: string;
  readonly cloudSyncStatus: string | null;
  readonly collectionState: string;
  readonly problem: { code: string; message: string; advice: string } | null;
}
const row = async (id: string): Promise<Row | undefined> =>
  (await status.request<{ items: Row[] }>('GET', `/collections?collectionId=${id}`)).body.items[0];
const page = async (id: string) =>
  (await status.request<{ state: string; problem: Row['problem'] }>('GET', `/collections/${id}`)).body;
const mapTo = (collectionId: string) =>
  status.request<{ collectionId: string; advice: string }>('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(1),
    groupName: 'Pilots',
    collectionId,
    preflight: 'skip',
  });

beforeAll(async () => {
  status = await startFixture();
  await shows('ABC00001');
  await eventually(async () => expect((await mapTo('ABC00001')).status).toBe(201));
}, 120_000);
afterAll(() => status.close());

it('a collection that is gone is the problem of its row, its page and its target, and names what has its name', async () => {
  await shows('ABC00001', { state: 'missing' });
  const gone = { code: 'CollectionMissing', message: expect.stringContaining('Nobody is removed') as unknown };
  await eventually(async () =>
    expect(await row('ABC00001')).toMatchObject({
      cloudSyncStatus: 'Failed',
      collectionState: 'missing',
      problem: { ...gone, advice: expect.stringContaining('Delete the mapping') as unknown },
    }),
  );
  expect(await page('ABC00001')).toMatchObject({ state: 'missing', problem: gone });
  await shows('ABC00002');
  await eventually(async () =>
    expect((await row('ABC00001'))?.problem?.advice).toBe(
      'Map ABC00002 to the group: the mapping then goes over to it.',
    ),
  );
});

it('its mapping goes over to the new one, and to no other while the site shows it', async () => {
  expect(await mapTo('ABC00002')).toMatchObject({ status: 201, body: { collectionId: 'ABC00002' } });
  expect(await row('ABC00002')).toMatchObject({ collectionState: 'ok', problem: null });
  await shows('ABC00003', { name: 'Other' });
  await eventually(async () => expect(await row('ABC00003')).toBeDefined());
  expect((await mapTo('ABC00003')).status).toBe(409);
});

it('a collection that cannot be read or sent says why', async () => {
  const failure = {
    code: 'INTERNAL',
    message: 'cannot read the row',
    advice: 'Report it.',
    since: new Date().toISOString(),
  };
  await shows('ABC00002', { failure });
  const problem = { code: 'INTERNAL', message: 'cannot read the row', advice: 'Report it.' };
  await eventually(async () =>
    expect(await row('ABC00002')).toMatchObject({ cloudSyncStatus: 'Failed', collectionState: 'failing', problem }),
  );
  await shows('ABC00002');
  await eventually(async () => expect(await row('ABC00002')).toMatchObject({ collectionState: 'ok', problem: null }));
});
