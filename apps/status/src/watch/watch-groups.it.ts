import { TOPICS } from '@collection-sync/core';
import { startSimulator } from '@collection-sync/simulator';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionEvent, startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';

// Nothing changes at the site and nothing is written: only a look at the group shows what became of it.

const NAMES = ['Deleted', 'Dynamic', 'Renamed', 'Missed', 'Refused'] as const;
type Name = (typeof NAMES)[number];

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let status: Fixture;
const ids = new Map<Name, string>();
const idOf = (name: Name): string => ids.get(name) ?? '';

const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${simulator.controlUrl}${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
};

interface Target {
  readonly row: { groupName: string; cloudSyncStatus: string };
  readonly groupProblem: { code: string; advice: string } | null;
}
const target = async (name: Name): Promise<Target> =>
  (await status.request<Target>('GET', `/targets/${TENANT}/${idOf(name)}`)).body;
const checks = async (): Promise<number> => {
  const entries = await control<{ url: string }[]>('GET', '/journal');
  return entries.filter(({ url }) => url.endsWith('/$batch')).length;
};
const lookedAtAgain = async (): Promise<void> => {
  const before = await checks();
  await eventually(async () => (await checks()) >= before + 2);
};

beforeAll(async () => {
  simulator = await startSimulator({ world: 'ten-step' });
  for (const displayName of NAMES) {
    ids.set(displayName, (await control<{ id: string }>('POST', '/groups', { displayName })).id);
  }
  status = await startFixture({
    graphUrl: simulator.graphUrl,
    settings: { groupCheckSeconds: 0.3, groupAgainSeconds: 0.1, tickMs: 100 },
  });
  await status.publish(TOPICS.collection, collectionEvent('ABC00001'));
  for (const name of NAMES) {
    const { status: code } = await status.request('POST', '/mappings', {
      tenantId: TENANT,
      groupId: idOf(name),
      collectionId: 'ABC00001',
    });
    expect(code).toBe(201);
  }
}, 120_000);
afterAll(async () => {
  await status.close();
  await simulator.close();
});

it('a group that was deleted, or was made dynamic, is the status of its target', async () => {
  await lookedAtAgain();
  expect((await target('Deleted')).groupProblem).toBeNull();
  await control('DELETE', `/groups/${idOf('Deleted')}`);
  await control('PATCH', `/groups/${idOf('Dynamic')}`, { groupTypes: ['DynamicMembership'], membershipRule: 'true' });
  const problem = { cloudSyncStatus: 'Failed' };
  await eventually(async () =>
    expect(await target('Deleted')).toMatchObject({ row: problem, groupProblem: { code: 'GroupNotFound' } }),
  );
  await eventually(async () =>
    expect(await target('Dynamic')).toMatchObject({ row: problem, groupProblem: { code: 'GroupIsDynamic' } }),
  );
  await control('PATCH', `/groups/${idOf('Dynamic')}`, { groupTypes: [], membershipRule: null });
  await eventually(async () =>
    expect(await target('Dynamic')).toMatchObject({ row: { cloudSyncStatus: 'In Progress' }, groupProblem: null }),
  );
});

it('a renamed group is shown by its new name', async () => {
  await control('PATCH', `/groups/${idOf('Renamed')}`, { displayName: 'Another name' });
  await eventually(async () => expect((await target('Renamed')).row.groupName).toBe('Another name'));
  const { body } = await status.request<{ groupName: string }>('GET', `/mappings/${TENANT}/${idOf('Renamed')}`);
  expect(body.groupName).toBe('Another name');
});

it('a group that one look does not find is not gone', async () => {
  await control('POST', '/faults', {
    face: 'graph',
    level: 'part',
    url: `groups/${idOf('Missed')}`,
    status: 404,
    code: 'Request_ResourceNotFound',
    times: 1,
  });
  const seen = new Set<string | undefined>();
  await eventually(async () => {
    seen.add((await target('Missed')).groupProblem?.code);
    const [fault] = await control<{ hits: number; seen: number }[]>('GET', '/faults');
    return fault?.hits === 1 && fault.seen > 3;
  });
  expect([...seen]).toEqual([undefined]);
});

it('a tenant that is away, or a part that fails, says nothing about its groups', async () => {
  await control('DELETE', '/faults');
  await control('POST', '/faults', { face: 'graph', level: 'part', url: `groups/${idOf('Refused')}`, status: 503 });
  await lookedAtAgain();
  await control('POST', '/faults', { face: 'graph', level: 'outer', url: 'batch', status: 503 });
  await lookedAtAgain();
  expect((await target('Refused')).groupProblem).toBeNull();
  await control('DELETE', '/faults');
  await control('DELETE', `/groups/${idOf('Refused')}`);
  await eventually(async () => expect((await target('Refused')).groupProblem?.code).toBe('GroupNotFound'));
});
