import { TOPICS, type Drift } from '@collection-sync/core';
import { startSimulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionEvent, makeGroups, startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let status: Fixture;
let group: string;
let activated: number;
let sequence = 0;

beforeAll(async () => {
  simulator = await startSimulator({ world: 'ten-step' });
  ({ Plain: group = '' } = await makeGroups(simulator, { Plain: {} }));
  status = await startFixture({ graphUrl: simulator.graphUrl });
  await status.publish(TOPICS.collection, collectionEvent('ABC00001'));
  const body = { tenantId: TENANT, groupId: group, collectionId: 'ABC00001' };
  expect((await status.request('POST', '/mappings', body)).status).toBe(201);
  activated = (await status.outgoing(TOPICS.mapping)).at(-1)!.activated;
}, 120_000);

afterAll(async () => {
  await status.close();
  await simulator.close();
});

const publish = (drift: Drift | undefined, version = 10): Promise<void> =>
  status.publish(TOPICS.run, {
    target: `${TENANT}/${group}`,
    collection: 'ABC00001',
    activated,
    at: new Date().toISOString(),
    sequence: (sequence += 1),
    producer: 'writer',
    event: 'ledger-version',
    version,
    ...(drift ? { drift } : {}),
  });

const shown = async (): Promise<unknown> => (await status.request('GET', `/targets/${TENANT}/${group}`)).body['drift'];

const sync = (body: object) => status.request('POST', `/targets/${TENANT}/${group}/sync`, body);

it('what others changed in a group is shown as the writer told it last, and goes with its mapping', async () => {
  expect(await shown()).toBeNull();
  const drift = { unmanaged: 2, missing: 1, asOf: '2026-11-28T12:00:00.000Z' };
  await publish(drift);
  expect(await shown()).toEqual(drift);
  await publish(undefined);
  expect(await shown()).toEqual(drift);
  await publish({ ...drift, unmanaged: 0 });
  expect(await shown()).toMatchObject({ unmanaged: 0, missing: 1 });
  await status.publish(TOPICS.run, {
    target: `${TENANT}/${group}`,
    collection: 'ABC00001',
    activated: activated + 1,
    at: drift.asOf,
    sequence: (sequence += 1),
    producer: 'writer',
    event: 'merged',
    transfer: crypto.randomUUID(),
    mode: 'full',
    content: 'complete',
    version: 20,
    pending: 0,
    readAt: drift.asOf,
  });
  expect(await shown()).toBeNull();
});

it('a full synchronisation may be told to list the group, an incremental one may not', async () => {
  expect((await sync({ kind: 'full', listing: true })).status).toBe(202);
  expect((await sync({ kind: 'full' })).status).toBe(202);
  const sent = (await status.outgoing(TOPICS.command)).filter(({ kind }) => kind === 'full');
  expect(sent.map(({ listing }) => listing)).toEqual([true, undefined]);
  const refused = await sync({ listing: true });
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    400,
    expect.stringContaining('A listing is of a full synchronisation'),
  ]);
});
