import { randomUUID } from 'node:crypto';
import { TOPICS } from '@collection-sync/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionEvent, groupId, startFixture, targetId, TENANT, type Fixture } from '../../test/status-fixture.js';

let status: Fixture;
beforeAll(async () => {
  status = await startFixture();
  await status.publish(TOPICS.collection, collectionEvent('ABC00001'));
});
afterAll(() => status.close());

const COUNTS = {
  planned: 0,
  joined: 0,
  outcomes: { applied: 0, removed: 0, failed: 0, held: 0, superseded: 0, unanswered: 0, notNeeded: 0, stopped: 0 },
  requests: 0,
  writes: 0,
  throttled: 0,
};

it('a comparison stands in the history with what it found, and is no run of the target', async () => {
  const target = targetId(1);
  const created = await status.request<{ activated: number }>('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(1),
    groupName: 'Group 1',
    collectionId: 'ABC00001',
    preflight: 'skip',
  });
  const { activated } = created.body;
  let sequence = 0;
  const publish = (run: string, kind: 'full' | 'compare', event: object) =>
    status.publish(TOPICS.run, {
      target,
      collection: 'ABC00001',
      activated,
      at: new Date().toISOString(),
      sequence: (sequence += 1),
      producer: 'writer',
      run,
      kind,
      ...event,
    } as never);
  const sent = await status.request<{ id: string; kind: string }>('POST', `/targets/${target}/compare`);
  expect([sent.status, sent.body.kind]).toEqual([202, 'compare']);
  expect((await status.outgoing(TOPICS.command)).at(-1)).toMatchObject({ kind: 'compare', id: sent.body.id, target });
  const [full, compare] = [randomUUID(), sent.body.id];
  await publish(full, 'full', { event: 'started', trigger: 'activated:1', epoch: 1 });
  const before = (await status.request('GET', `/targets/${target}`)).body;
  await publish(compare, 'compare', { event: 'started', trigger: `command:${compare}`, epoch: 1 });
  const differences = [{ difference: 'missing', object: groupId(9), name: 'PC9' }];
  const comparison = { listed: 4, unmanaged: [{ objectType: 'user', members: 2 }], unseen: 0, missing: 1, differences };
  await publish(compare, 'compare', { event: 'planned', adds: 0, removes: 0, comparison });
  const startedAt = new Date().toISOString();
  await publish(compare, 'compare', { event: 'completed', startedAt, counts: COUNTS, members: 4 });

  expect((await status.request('GET', `/targets/${target}`)).body).toMatchObject({ ...before, freshness: {} });
  const runs = await status.request<{ items: object[] }>('GET', `/runs?tenantId=${TENANT}&groupId=${groupId(1)}`);
  expect(runs.body.items).toMatchObject([
    { id: compare, kind: 'compare', state: 'completed', comparison, members: 4 },
    { id: full, kind: 'full', state: 'running' },
  ]);
  const only = await status.request<{ items: object[] }>('GET', '/runs?kind=compare');
  expect(only.body.items).toHaveLength(1);

  await publish(randomUUID(), 'compare', { event: 'started', trigger: 'command:x', epoch: 1 });
  await publish(randomUUID(), 'compare', { event: 'started', trigger: 'command:y', epoch: 1 });
  const later = await status.request<{ items: { kind: string; state: string }[] }>('GET', '/runs');
  expect(later.body.items.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'compare running',
    'compare failed',
    'compare completed',
    'full running',
  ]);
});
