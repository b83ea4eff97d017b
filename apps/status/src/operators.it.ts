import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOPICS } from '@collection-sync/core';
import { startSimulator } from '@collection-sync/simulator';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collectionEvent,
  counts,
  makeGroups,
  outcome,
  startFixture,
  TENANT,
  TOKEN,
  type Fixture,
} from '../test/status-fixture.js';

interface Page<T = Record<string, unknown>> {
  items: T[];
  next: string | null;
}

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let status: Fixture;
let folder: string;
let groups: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
  await writeFile(join(folder, 'assets/app-1a2b3c4d.js'), 'export {};');
  simulator = await startSimulator({ world: 'ten-step' });
  const many = Array.from({ length: 120 }, (_, n) => [`Many ${String(n).padStart(3, '0')}`, {}]);
  groups = await makeGroups(simulator, {
    ...(Object.fromEntries(many) as Record<string, object>),
    Plain: {},
    Dynamic: { groupTypes: ['DynamicMembership'], membershipRule: 'true' },
    People: { groupTypes: ['Unified'], mailEnabled: true },
  });
  status = await startFixture({
    graphUrl: simulator.graphUrl,
    settings: { consoleFolder: folder, reportAgainSeconds: 1, reportLateSeconds: 1, tickMs: 100 },
  });
  await status.publish(
    TOPICS.collection,
    collectionEvent('ABC00001', { productRelations: [{ group: groups['Plain'] ?? '', groupName: 'Plain' }] }),
    collectionEvent('ABC00002', { type: 'user' }),
  );
}, 120_000);
afterAll(async () => {
  await status.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});

const pathOf = (name: string): string => `${TENANT}/${groups[name]}`;
const map = (name: string, more: object = {}) =>
  status.request('POST', '/mappings', { tenantId: TENANT, groupId: groups[name], collectionId: 'ABC00001', ...more });

describe('groups of a tenant', () => {
  it('are found by the start of their name, any number of them', async () => {
    const names: unknown[] = [];
    for (let cursor = '', n = 0; n < 20; n += 1) {
      const { body } = await status.request<Page>('GET', `/tenants/${TENANT}/groups?startsWith=many&limit=50${cursor}`);
      names.push(...body.items.map(({ groupName }) => groupName));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(new Set(names).size).toBe(120);
    const all = await status.request<Page>('GET', `/tenants/${TENANT}/groups?limit=10`);
    expect(all.body.items).toHaveLength(10);
  });

  it('are found by words of their name, sorted, and not by both ways at once', async () => {
    const path = `/tenants/${TENANT}/groups`;
    const names = async (query: string): Promise<unknown[]> =>
      (await status.request<Page>('GET', `${path}?${query}`)).body.items.map(({ groupName }) => groupName);
    expect(await names('search=007%20MANY')).toEqual(['Many 007']);
    expect(await names('search=any')).toEqual([]);
    expect(await names(`search=${groups['Plain'] ?? ''}`)).toEqual(['Plain']);
    const found = await names('search=many&limit=100');
    expect(found).toEqual([...found].sort());
    expect((await status.request('GET', `${path}?search=a&startsWith=b`)).status).toBe(400);
  });

  it('say what is to be fixed before they can be synchronised', async () => {
    const check = async (name: string, query = '') =>
      (
        await status.request<{ writable: boolean; problems: { code: string }[] }>(
          'GET',
          `/tenants/${TENANT}/groups/${groups[name]}/preflight${query}`,
        )
      ).body;
    expect(await check('Dynamic')).toMatchObject({ writable: false, problems: [{ code: 'GroupIsDynamic' }] });
    expect(await check('Plain')).toMatchObject({ writable: false, problems: [{ code: 'StillSyncedByProduct' }] });
    expect(await check('People', '?collectionType=user')).toMatchObject({ writable: true });
    expect(await check('People', '?collectionType=device')).toMatchObject({
      writable: false,
      problems: [{ code: 'MemberTypeNotAllowed' }],
    });
    expect(await map('Dynamic')).toMatchObject({ status: 422, body: { code: 'GroupIsDynamic' } });
    expect((await map('Dynamic', { preflight: 'skip' })).status).toBe(201);
  });
});

describe('collections', () => {
  it('are found by a part or by the begin of their name or id', async () => {
    const ids = async (query: string): Promise<unknown[]> =>
      (await status.request<Page>('GET', `/collections?${query}`)).body.items.map(({ collectionId }) => collectionId);
    expect(await ids('search=00001')).toEqual(['ABC00001']);
    expect(await ids('startsWith=00001')).toEqual([]);
    for (const begin of ['abc00002', 'collection abc00002'])
      expect(await ids(`startsWith=${begin}`)).toEqual(['ABC00002']);
  });
});

describe('a collection of neither devices nor users', () => {
  it('is listed, and neither mapped nor previewed', async () => {
    await status.publish(TOPICS.collection, collectionEvent('SMSOTHER', { type: 'other' }));
    const { body } = await status.request('GET', '/collections/SMSOTHER');
    expect(body).toMatchObject({ collectionType: 'Other' });
    const { body: others } = await status.request<Page>('GET', '/collections?type=Other');
    expect(others.items).toMatchObject([{ collectionId: 'SMSOTHER' }]);
    const refused = { status: 422, body: { detail: 'The collection SMSOTHER holds neither devices nor users.' } };
    expect(await map('Many 000', { collectionId: 'SMSOTHER' })).toMatchObject(refused);
    expect(await map('Many 000', { collectionId: 'SMSOTHER', collectionType: 'device' })).toMatchObject(refused);
    const preview = await status.request('POST', `/targets/${pathOf('Many 000')}/preview`, {
      collectionId: 'SMSOTHER',
    });
    expect(preview).toMatchObject(refused);
  });
});

describe('the relations of the product', () => {
  it('are taken over, paused', async () => {
    const { body } = await status.request<Page>('GET', '/migration/relations');
    expect(body.items).toMatchObject([
      { collectionId: 'ABC00001', groupId: groups['Plain'], tenantId: TENANT, state: 'open' },
    ]);
    const taken = await status.request<{ results: object[] }>('POST', '/migration/take-over', {});
    expect(taken.body.results).toMatchObject([
      { status: 201, mapping: { state: 'paused', pausedBy: 'operator', groupName: 'Plain' } },
    ]);
    const again = await status.request<Page>('GET', '/migration/relations');
    expect(again.body.items).toMatchObject([{ state: 'taken over' }]);
  });
});

describe('the switch of a tenant', () => {
  it('pauses what is active, and resumes only what it had paused', async () => {
    await map('Many 000');
    await map('Many 001', { paused: true });
    const states = async () => {
      const { body } = await status.request<Page>('GET', '/mappings?limit=500');
      return Object.fromEntries(body.items.map(({ groupName, state, pausedBy }) => [groupName, [state, pausedBy]]));
    };
    await status.request('PUT', `/tenants/${TENANT}/switch`, { enabled: false });
    expect(await states()).toMatchObject({ 'Many 000': ['paused', 'tenant'], 'Many 001': ['paused', 'operator'] });
    expect(await status.request('POST', `/mappings/${pathOf('Many 000')}/resume`)).toMatchObject({ status: 409 });
    expect((await map('Many 002')).body).toMatchObject({ state: 'paused', pausedBy: 'tenant' });
    await status.request('PUT', `/tenants/${TENANT}/switch`, { enabled: true });
    expect(await states()).toMatchObject({
      'Many 000': ['active', null],
      'Many 001': ['paused', 'operator'],
      'Many 002': ['active', null],
    });
    const { body } = await status.request<Page>('GET', '/tenants');
    expect(body.items).toMatchObject([{ tenantId: TENANT, enabled: true, configured: true }]);
  });

  it('stops a deletion that removes members, one begun meanwhile too; asked for again it goes on', async () => {
    await map('Many 003');
    await map('Many 004');
    const deleted = (name: string) => status.request('DELETE', `/mappings/${pathOf(name)}?members=remove`);
    const { body: first } = await deleted('Many 003');
    expect(first).toMatchObject({ state: 'deleting', pausedBy: null });
    const published = async () => (await status.outgoing(TOPICS.mapping)).at(-1);
    await status.request('PUT', `/tenants/${TENANT}/switch`, { enabled: false });
    expect((await deleted('Many 004')).body).toMatchObject({ state: 'deleting', pausedBy: 'tenant' });
    expect(await published()).toMatchObject({ state: 'deleting', pausedBy: 'tenant', onDelete: 'remove' });
    expect((await status.request('GET', `/mappings/${pathOf('Many 003')}`)).body).toMatchObject({
      state: 'deleting',
      pausedBy: 'tenant',
    });
    await status.request('PUT', `/tenants/${TENANT}/switch`, { enabled: true });
    const { body: again } = await deleted('Many 003');
    expect(again).toMatchObject({ state: 'deleting', pausedBy: null, activated: first['activated'] });
    expect(again['version']).toBeGreaterThan(first['version'] as number);
    const retried = await status.request('POST', `/targets/${pathOf('Many 003')}/retry`);
    expect(retried.status).toBe(202);
  });
});

describe('many mappings at once', () => {
  it('are each created or refused by themselves', async () => {
    const mappings = ['Many 010', 'Many 011', 'Dynamic', 'Many 010'].map((name) => ({
      tenantId: TENANT,
      groupId: groups[name],
      collectionId: 'ABC00001',
    }));
    const { body } = await status.request<{ results: { status: number }[] }>('POST', '/mappings/batch', { mappings });
    expect(body.results.map(({ status: code }) => code)).toEqual([201, 201, 409, 409]);
  });
});

describe('a mapping', () => {
  it('keeps what a change does not name', async () => {
    const changed = await status.request('PATCH', `/mappings/${pathOf('Many 010')}`, {
      policy: { guard: { maxRemovals: 7 } },
    });
    expect(changed.body).toMatchObject({
      policy: { guard: { maxRemovals: 7, maxShare: 0.25 }, withoutRecord: 'fail' },
    });
    expect(changed.body['activated']).toBeLessThan(changed.body['version'] as number);
    const moved = await status.request('PATCH', `/mappings/${pathOf('Many 010')}`, { collectionId: 'ABC00002' });
    expect(moved.body).toMatchObject({ collectionType: 'user', activated: moved.body['version'] });
    const bad = { schedule: { kind: 'cron', expression: 'now and then' } };
    expect((await status.request('PATCH', `/mappings/${pathOf('Many 010')}`, bad)).status).toBe(400);
  });

  it('that is newer elsewhere is adopted, an older one is not', async () => {
    const sent = (await status.outgoing(TOPICS.mapping)).findLast(({ target }) => target === pathOf('Many 011'));
    if (!sent) throw new Error('it was not sent');
    await status.publish(
      TOPICS.mapping,
      { ...sent, version: sent.version + 5_000, groupName: 'From a backup' },
      { ...sent, groupName: 'Late' },
    );
    const { body } = await status.request('GET', `/mappings/${pathOf('Many 011')}`);
    expect(body).toMatchObject({ groupName: 'From a backup', version: sent.version + 5_000 });
    const paused = await status.request('POST', `/mappings/${pathOf('Many 011')}/pause`);
    expect(paused.body['version']).toBeGreaterThan(sent.version + 5_000);
  });

  it('of which nothing is known is asked about', async () => {
    await eventually(
      async () => (await status.outgoing(TOPICS.command)).some(({ kind, by }) => kind === 'report' && by === 'status'),
      { interval: 100, what: 'a report' },
    );
  });

  it('of which a restored database has not seen the last merge is asked about, once', async () => {
    const collection = 'ABC00042';
    await status.publish(TOPICS.collection, collectionEvent(collection, { version: 10 }));
    const { body: mapping } = await map('Many 021', { collectionId: collection });
    await status.publish(TOPICS.membershipResult, {
      target: pathOf('Many 021'),
      collection,
      activated: mapping['activated'] as number,
      merged: 10,
      sequence: 1,
      previous: 0,
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
      members: [],
    });
    const reports = async (): Promise<number> =>
      (await status.outgoing(TOPICS.command)).filter(
        ({ kind, target }) => kind === 'report' && target === pathOf('Many 021'),
      ).length;
    const before = await reports();
    await status.publish(
      TOPICS.collection,
      collectionEvent(collection, { version: Date.now(), sequence: Date.now() + 1_000 }),
    );
    await eventually(async () => (await reports()) > before, { interval: 100, what: 'a report' });
    await sleep(2_500);
    expect(await reports()).toBe(before + 1);
  });

  it('whose policy leaves members out does not count them', async () => {
    const { body: mapping } = await map('Many 020', { policy: { withoutRecord: 'exclude' } });
    await status.publish(TOPICS.membershipResult, {
      target: pathOf('Many 020'),
      collection: 'ABC00001',
      activated: mapping['activated'] as number,
      merged: 10,
      sequence: 1,
      previous: 0,
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
      members: [outcome(1), outcome(2, { object: null, state: 'failed', code: 'NoEntraRecord' })],
    });
    const { body } = await status.request<{ row: object }>('GET', `/targets/${pathOf('Many 020')}`);
    expect(body.row).toMatchObject({ cloudSyncStatus: 'Success', memberCount: 1, syncFailed: 0, syncExcluded: 1 });
  });
});

describe('what is stale', () => {
  it('is not shown as a success, until the site answers again', async () => {
    const old = new Date(Date.now() - 3_600_000).toISOString();
    const word = async () => {
      const { body } = await status.request<{ row: Record<string, unknown> }>('GET', `/targets/${pathOf('Many 020')}`);
      return body.row['cloudSyncStatus'];
    };
    const site = { kind: 'site' as const, name: 'ABC', since: old };
    await status.publish(
      TOPICS.collection,
      collectionEvent('ABC00001', { checkedAt: old, lastRead: null, lastComplete: null, sequence: Date.now() + 1_000 }),
    );
    expect(await word()).toBe('Stale');
    const stale = await status.request<Page>('GET', '/collections?status=Stale');
    expect(stale.body.items.map(({ groupName }) => groupName)).toContain('Many 020');
    await status.publish(TOPICS.upstream, {
      ...site,
      state: 'ready',
      checkedAt: new Date().toISOString(),
      sequence: 1,
    });
    expect(await word()).toBe('Success');
    await status.publish(TOPICS.upstream, {
      ...site,
      state: 'unavailable',
      reason: 'away',
      checkedAt: new Date().toISOString(),
      sequence: 2,
    });
    expect(await word()).toBe('Stale');
    await status.publish(TOPICS.upstream, {
      ...site,
      state: 'ready',
      checkedAt: new Date().toISOString(),
      sequence: 3,
    });
    expect(await word()).toBe('Success');
  });
});

describe('held removals', () => {
  it('are shown, approved once, and gone when decided', async () => {
    const { body: mapping } = await status.request('GET', `/mappings/${pathOf('Many 020')}`);
    const common = { target: pathOf('Many 020'), collection: 'ABC00001', activated: mapping['activated'] as number };
    const plan = crypto.randomUUID();
    const at = new Date().toISOString();
    const guard = { held: true, limit: 'maxShare' as const, counted: 1, size: 2, margin: 0 };
    const writer = { ...common, producer: 'writer' as const, at };
    await status.publish(TOPICS.membershipResult, {
      ...common,
      merged: 10,
      sequence: 2,
      previous: 1,
      members: [outcome(9, { state: 'held', wanted: false, plan, code: 'RemovalHeld' })],
    });
    await status.publish(TOPICS.run, {
      ...writer,
      event: 'held',
      sequence: 1,
      plan,
      removals: 1,
      guard,
      expiresAt: at,
    });
    const target = await status.request<{ row: object }>('GET', `/targets/${pathOf('Many 020')}`);
    expect(target.body.row).toMatchObject({ cloudSyncStatus: 'Held', syncHeld: 1, memberCount: 1 });
    const members = await status.request<Page>('GET', `/targets/${pathOf('Many 020')}/members?planId=${plan}`);
    expect(members.body.items).toMatchObject([{ resourceId: 9, state: 'Held', planId: plan }]);
    expect(await status.request('POST', `/plans/${plan}/approve`)).toMatchObject({
      status: 202,
      body: { kind: 'approve', planId: plan },
    });
    const command = (await status.outgoing(TOPICS.command)).findLast(({ kind }) => kind === 'approve');
    expect(command).toMatchObject({ kind: 'approve', plan, by: 'local' });
    await status.publish(
      TOPICS.run,
      {
        ...writer,
        event: 'command-answered',
        sequence: 2,
        command: command?.id ?? '',
        accepted: true,
        message: 'approved',
      },
      { ...writer, event: 'plan-closed', sequence: 3, plan, state: 'approved', by: 'local' },
    );
    expect((await status.request('GET', `/commands/${command?.id}`)).body).toMatchObject({
      state: 'accepted',
      message: 'approved',
    });
    expect(await status.request('POST', `/plans/${plan}/reject`)).toMatchObject({ status: 409 });
    expect((await status.request<Page>('GET', '/plans?state=open')).body.items).toEqual([]);
  });
});

describe('a group that is refused as a whole', () => {
  it('is failed, until the mapping is resumed', async () => {
    const { body: mapping } = await map('Many 040');
    const at = new Date().toISOString();
    const common = { target: pathOf('Many 040'), collection: 'ABC00001', activated: mapping['activated'] as number };
    const writer = { ...common, producer: 'writer' as const, at };
    const run = crypto.randomUUID();
    const failure = { code: 'GroupNotFound', message: 'The group is gone.', advice: 'Restore it.' };
    await status.publish(
      TOPICS.run,
      { ...writer, event: 'started', sequence: 1, run, kind: 'full', trigger: 'merged', epoch: 1 },
      {
        ...writer,
        event: 'failed',
        sequence: 2,
        run,
        kind: 'full',
        startedAt: at,
        counts: counts({ failed: 2 }),
        ...failure,
      },
    );
    const target = async () =>
      (await status.request<{ row: object; groupProblem: object }>('GET', `/targets/${pathOf('Many 040')}`)).body;
    expect(await target()).toMatchObject({
      row: { cloudSyncStatus: 'Failed' },
      groupProblem: { code: 'GroupNotFound' },
    });
    await status.request('POST', `/mappings/${pathOf('Many 040')}/pause`);
    await status.request('POST', `/mappings/${pathOf('Many 040')}/resume`);
    expect(await target()).toMatchObject({ row: { cloudSyncStatus: 'In Progress' } });
  });
});

describe('a preview', () => {
  it('tells what would happen to whom, and changes nothing', async () => {
    const { body: command } = await status.request('POST', `/targets/${pathOf('Many 030')}/preview`, {
      collectionId: 'ABC00001',
    });
    expect((await status.request('GET', `/previews/${command['id']}`)).status).toBe(404);
    const common = { target: pathOf('Many 030'), collection: 'ABC00001', activated: 0, merged: 0, previous: 0 };
    const preview = { command: command['id'] as string, add: 1, remove: 1, keep: 1, unresolved: 1, wouldHold: true };
    await status.publish(
      TOPICS.membershipResult,
      {
        ...common,
        sequence: 1,
        preview: { ...preview, part: 0, last: false },
        members: [outcome(1, { state: 'pending' }), outcome(2)],
      },
      {
        ...common,
        sequence: 2,
        previous: 1,
        preview: { ...preview, part: 1, last: true },
        members: [
          outcome(3, { object: null, state: 'failed', code: 'NoIdentity' }),
          outcome(4, { resource: null, wanted: false, state: 'pending' }),
        ],
      },
    );
    expect((await status.request('GET', `/previews/${command['id']}`)).body).toMatchObject({
      complete: true,
      add: 1,
      wouldHold: true,
    });
    const members = await status.request<Page>('GET', `/previews/${command['id']}/members`);
    expect(members.body.items.map(({ change }) => change).toSorted()).toEqual(['add', 'keep', 'remove', 'unresolved']);
    expect((await status.request('GET', `/targets/${pathOf('Many 030')}/members`)).status).toBe(404);
  });
});

describe('why a resource is not in the group', () => {
  it('is told step by step', async () => {
    const why = async (query: string) =>
      (
        await status.request<{
          traces: { inGroup: boolean | null; conclusion: string; steps: { step: string; state: string }[] }[];
        }>('GET', `/targets/${pathOf('Many 020')}/why?${query}`)
      ).body.traces;
    expect(await why('resource=1')).toMatchObject([{ inGroup: true }]);
    const [waiting] = await why('name=pc00002');
    expect(waiting?.inGroup).toBe(false);
    expect(waiting?.steps.find(({ step }) => step === 'identity resolved')).toMatchObject({ state: 'waiting' });
    expect(await why('name=nobody')).toMatchObject([
      { inGroup: null, conclusion: expect.stringContaining('not in the group') as string },
    ]);
    expect((await status.request('GET', `/targets/${pathOf('Many 020')}/why`)).status).toBe(400);
  });

  it('can ask Microsoft Graph, which knows what was changed there', async () => {
    const why = async (query: string) =>
      (
        await status.request<{ traces: { inGroup: boolean | null; conclusion: string; graph: object | null }[] }>(
          'GET',
          `/targets/${pathOf('Many 020')}/why?${query}`,
        )
      ).body.traces;
    const control = (method: string, path: string, body?: object) =>
      fetch(`${simulator.controlUrl}${path}`, {
        method,
        headers: body ? { 'content-type': 'application/json' } : {},
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    expect(await why('resource=1')).toMatchObject([{ inGroup: true, graph: null }]);
    const [takenOut] = await why('resource=1&graph=true');
    expect(takenOut).toMatchObject({ inGroup: false, graph: { inGroup: false } });
    expect(takenOut?.conclusion).toContain('the group was changed in Entra ID');

    const { objectId: object } = (await (await control('GET', '/devices/DeviceA')).json()) as { objectId: string };
    await control('POST', `/groups/${groups['Many 020']}/members`, { add: [object] });
    expect(await why(`object=${object}&graph=true`)).toMatchObject([{ inGroup: true, graph: { inGroup: true } }]);

    await control('POST', '/faults', { face: 'graph', url: 'members', status: 503 });
    const [away] = await why('resource=1&graph=true');
    expect(away).toMatchObject({ inGroup: true, graph: { inGroup: null } });
    await control('DELETE', '/faults');
  });
});

describe('live changes', () => {
  it('arrive as they happen', async () => {
    const stop = new AbortController();
    const answer = await fetch(`${status.base}/api/v1/events?kinds=mapping`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: stop.signal,
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of answer.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
    })().catch(() => undefined);
    await eventually(() => text.includes('event: hello'), { interval: 50, what: 'hello' });
    await status.request('POST', `/mappings/${pathOf('Many 020')}/pause`);
    await eventually(() => text.includes(`"key":"${pathOf('Many 020')}"`), {
      interval: 50,
      what: 'the change',
    });
    stop.abort();
    await reading;
  });
});

describe('the audit log', () => {
  it('has a line for everything that was done', async () => {
    const { body } = await status.request<Page>('GET', `/audit?subject=${encodeURIComponent(pathOf('Many 020'))}`);
    expect(body.items.map(({ action, actor }) => [action, actor])).toEqual([
      ['mapping.pause', 'local'],
      ['command.approve', 'local'],
      ['mapping.create', 'local'],
    ]);
  });
});

describe('listings', () => {
  it('go on where the page before ended, in any order', async () => {
    for (const sort of ['collectionName', 'groupName', 'memberCount', 'cloudSyncStatus', 'lastSyncTime']) {
      for (const order of ['asc', 'desc']) {
        const seen: unknown[] = [];
        for (let cursor = '', n = 0; n < 100; n += 1) {
          const { body } = await status.request<Page>(
            'GET',
            `/collections?limit=2&sort=${sort}&order=${order}${cursor}`,
          );
          seen.push(...body.items.map(({ collectionId, groupId }) => `${collectionId as string}/${groupId as string}`));
          if (body.next === null) break;
          cursor = `&cursor=${body.next}`;
        }
        const { body } = await status.request<Page>('GET', `/collections?limit=500&sort=${sort}&order=${order}`);
        expect(seen).toEqual(
          body.items.map(({ collectionId, groupId }) => `${collectionId as string}/${groupId as string}`),
        );
        expect(new Set(seen).size).toBe(seen.length);
      }
    }
    const { body } = await status.request<Page>('GET', '/collections?limit=2');
    expect((await status.request('GET', `/collections?limit=2&order=desc&cursor=${body.next}`)).status).toBe(400);
  });
});

describe('the console', () => {
  it('is served with its pages, beside the API', async () => {
    const page = await fetch(`${status.base}/collections/ABC00001`);
    expect(await page.text()).toContain('<title>Console</title>');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const script = await fetch(`${status.base}/assets/app-1a2b3c4d.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${status.base}/api/v1/nothing`)).status).toBe(404);
    expect((await fetch(`${status.base}/api/v1/nothing`)).headers.get('content-type')).toContain('problem+json');
  });
});
