import { TOPICS } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionEvent, groupId, startFixture, targetId, TENANT, type Fixture } from '../../test/status-fixture.js';

let status: Fixture;
beforeAll(async () => {
  status = await startFixture({ settings: { tickMs: 100 } });
  await status.publish(TOPICS.collection, collectionEvent('ABC00001'));
});
afterAll(() => status.close());

const map = (n: number, fullRuns: object | null) =>
  status.request('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(n),
    groupName: `Group ${n}`,
    collectionId: 'ABC00001',
    preflight: 'skip',
    policy: { fullRuns },
  });
const dueAt = async (n: number): Promise<Date | undefined> =>
  (
    await status.database.query<{ at: Date }>('select due_at as at from full_run_due where target = $1', [targetId(n)])
  )[0]?.at;
const fullRuns = async (n: number): Promise<number> =>
  (await status.outgoing(TOPICS.command)).filter(({ kind, target }) => kind === 'full' && target === targetId(n))
    .length;

it('a mapping with times for it gets a full run each time, also for times that passed meanwhile, but once', async () => {
  expect((await map(1, { expression: '30 2 * * *', timeZone: 'Europe/Berlin' })).status).toBe(201);
  await eventually(async () => (await dueAt(1)) !== undefined);
  expect((await dueAt(1))?.getTime()).toBeGreaterThan(Date.now());
  expect(await fullRuns(1)).toBe(0);
  await status.database.execute(`update full_run_due set due_at = now() - interval '3 days'`);
  await eventually(async () => (await fullRuns(1)) === 1);
  expect((await dueAt(1))?.getTime()).toBeGreaterThan(Date.now());
});

it('other times begin again, a paused mapping and one without times get none', async () => {
  await map(2, { expression: '0 4 * * 0', timeZone: 'UTC' });
  await eventually(async () => (await dueAt(2)) !== undefined);
  await status.request('POST', `/mappings/${TENANT}/${groupId(2)}/pause`);
  const before = await dueAt(2);
  await status.database.execute(`update full_run_due set due_at = now() - interval '1 hour' where target = $1`, [
    targetId(2),
  ]);
  const change = { policy: { fullRuns: { expression: '0 5 * * 0' } } };
  expect((await status.request('PATCH', `/mappings/${TENANT}/${groupId(2)}`, change)).status).toBe(200);
  await status.request('POST', `/mappings/${TENANT}/${groupId(2)}/resume`);
  await eventually(async () => {
    const at = await dueAt(2);
    return at !== undefined && at > new Date() && at.getTime() !== before?.getTime();
  });
  expect(await fullRuns(2)).toBe(0);

  await map(3, { expression: '* * * * *' });
  await eventually(async () => (await dueAt(3)) !== undefined);
  await status.request('PATCH', `/mappings/${TENANT}/${groupId(3)}`, { policy: { fullRuns: null } });
  await status.database.execute(`update full_run_due set due_at = now() - interval '1 hour'`);
  await eventually(async () => (await fullRuns(2)) === 1);
  expect(await fullRuns(3)).toBe(0);
});

it('a mapping with times for comparisons gets those, beside its full runs', async () => {
  const compareRuns = { expression: '0 * * * *', timeZone: 'UTC' };
  const policy = { compareRuns, fullRuns: { expression: '0 3 1 1 *', timeZone: 'UTC' } };
  expect((await map(5, null)).status).toBe(201);
  const changed = await status.request('PATCH', `/mappings/${TENANT}/${groupId(5)}`, { policy });
  expect(changed.body).toMatchObject({ policy });
  const due = () => status.database.query('select from compare_run_due where target = $1', [targetId(5)]);
  await eventually(async () => (await due()).length > 0);
  await status.database.execute(`update compare_run_due set due_at = now() - interval '3 days'`);
  const comparisons = async () =>
    (await status.outgoing(TOPICS.command)).filter(({ kind, target }) => kind === 'compare' && target === targetId(5));
  await eventually(async () => (await comparisons()).length > 0);
  expect(await comparisons()).toMatchObject([{ by: 'schedule' }]);
  expect(await fullRuns(5)).toBe(0);
});

it('times that nobody can read are refused', async () => {
  expect((await map(4, { expression: 'now and then' })).status).toBe(400);
});
