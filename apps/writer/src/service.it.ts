import { randomUUID } from 'node:crypto';
import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import { encodeEvent, policy, schedule, TOPICS } from '@collection-sync/core';
import { Health, Metrics, silentLogger } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { InProcessLeases } from '@collection-sync/redis';
import { TENANT_ID } from '@collection-sync/simulator';
import { eventually, freshDatabase } from '@collection-sync/testing';
import { expect, it } from 'vitest';
import { COLLECTION, contextOf, groupOf, objectOf, startWorld } from '../test/writer-harness.js';
import { writer } from './service.js';

it('starts on a bus, takes a mapping and its content, and tells what came of it', async () => {
  const { sim, control } = await startWorld({ devices: 5, groups: [{ members: [1, 2] }] });
  const database = new ServiceDatabase({ url: await freshDatabase(), schema: 'writer', application: 'writer-test' });
  const leases = new InProcessLeases();
  const { graph, budget } = contextOf(sim, database, leases, {});
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: silentLogger() });
  const health = new Health();
  const metrics = new Metrics('writer');
  const service = await writer
    .with({ database, bus, graph, leases, budget, http: { port: 0 } })
    .start(silentLogger(), { health, metrics });
  const about = {
    target: `${TENANT_ID}/${groupOf(1)}`,
    tenant: TENANT_ID,
    group: groupOf(1),
    collection: COLLECTION,
    collectionType: 'device' as const,
    activated: 1,
  };
  const now = new Date().toISOString();
  const mapping = {
    ...about,
    groupName: 'Group1',
    state: 'active' as const,
    policy: policy.parse({}),
    version: 1,
    changedAt: now,
  };
  const chunk = {
    ...about,
    transfer: randomUUID(),
    mode: 'full' as const,
    reason: 'activated:1',
    content: 'complete' as const,
    from: 0,
    to: 1,
    chunk: 0,
    last: true,
    readAt: now,
    adds: [2, 3].map((n) => ({ resource: n, kind: 'device' as const, name: `D${n}`, object: objectOf(n) })),
    removes: [],
  };
  await bus.publisher.publish([
    encodeEvent(TOPICS.mapping, { ...mapping, schedule: schedule.parse({ kind: 'manual' }) }, 'test'),
    encodeEvent(TOPICS.membershipChange, chunk, 'test'),
  ]);
  await eventually(
    async () =>
      (await control.group('Group1')).members
        .map(({ id }) => id)
        .sort()
        .join() === [2, 3].map(objectOf).join(),
    { what: 'the group to be equal to the collection' },
  );
  await eventually(async () => (await database.query('select 1 from outbox')).length === 0, {
    what: 'everything to be told',
  });
  const ready = (await (await fetch(`${service.url}/health/ready`)).json()) as unknown;
  expect(ready).toBeDefined();
  expect(await (await fetch(`${service.url}/metrics`)).text()).toContain('collection_sync_writer_runs_total');
  await service.close();
  await bus.close();
  await database.close();
  await sim.close();
});
