import { TOPICS } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collectionEvent,
  counts,
  groupId,
  objectId,
  outcome,
  startFixture,
  targetId,
  TENANT,
  type Fixture,
} from '../test/status-fixture.js';

let status: Fixture;
beforeAll(async () => {
  status = await startFixture();
});
afterAll(() => status.close());

interface Page {
  items: Record<string, unknown>[];
  next: string | null;
}

const rowOf = async (collectionId: string): Promise<Record<string, unknown>> => {
  const { body } = await status.request<Page>('GET', `/collections?collectionId=${collectionId}`);
  return body.items[0] ?? {};
};

const map = (n: number, collectionId: string, more: object = {}) =>
  status.request('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(n),
    groupName: `Group ${n}`,
    collectionId,
    preflight: 'skip',
    ...more,
  });

describe('a collection on its way', () => {
  it('is listed before it is mapped', async () => {
    await status.publish(TOPICS.collection, collectionEvent('ABC00014', { name: 'Finance PCs', count: 3 }));
    expect(await rowOf('ABC00014')).toMatchObject({
      collectionName: 'Finance PCs',
      collectionType: 'Device',
      groupId: null,
      cloudSyncStatus: null,
      memberCount: 3,
    });
  });

  it('is in progress when it is mapped, and the mapping leaves through the outbox', async () => {
    const created = await map(1, 'ABC00014');
    expect(created).toMatchObject({ status: 201, body: { state: 'active', collectionName: 'Finance PCs' } });
    const [sent] = await status.outgoing(TOPICS.mapping);
    expect(sent).toMatchObject({
      target: targetId(1),
      collection: 'ABC00014',
      state: 'active',
      version: created.body['version'],
    });
    expect(await rowOf('ABC00014')).toMatchObject({
      cloudSyncStatus: 'In Progress',
      memberCount: 0,
      syncInProgress: 0,
      groupName: 'Group 1',
      cloudServiceId: TENANT,
    });
  });

  it('names the other collection to whoever wants the group too', async () => {
    await status.publish(TOPICS.collection, collectionEvent('ABC00015'));
    const answer = await map(1, 'ABC00015');
    expect(answer).toMatchObject({ status: 409, body: { collection: 'ABC00014' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('tells what became of its members', async () => {
    const { body: mapping } = await status.request('GET', `/mappings/${targetId(1)}`);
    const activated = mapping['activated'] as number;
    const common = { target: targetId(1), collection: 'ABC00014', activated };
    const run = crypto.randomUUID();
    const at = new Date().toISOString();
    const writer = { ...common, producer: 'writer' as const, at };
    await status.publish(
      TOPICS.run,
      {
        ...writer,
        event: 'merged',
        sequence: 1,
        transfer: crypto.randomUUID(),
        mode: 'full',
        content: 'complete',
        version: 10,
        pending: 2,
        readAt: at,
        guard: { held: false, counted: 1, size: 3, margin: 4 },
      },
      { ...writer, event: 'started', sequence: 2, run, kind: 'full', trigger: 'merged', epoch: 1 },
    );
    await status.publish(TOPICS.membershipResult, {
      ...common,
      merged: 10,
      sequence: 5,
      previous: 0,
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
      members: [
        outcome(1, { state: 'pending' }),
        outcome(2, { state: 'pending' }),
        outcome(3, { object: null, state: 'failed', code: 'NoEntraRecord' }),
      ],
    });
    expect(await rowOf('ABC00014')).toMatchObject({
      cloudSyncStatus: 'In Progress',
      memberCount: 3,
      syncInProgress: 2,
      syncWaiting: 1,
    });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await status.publishWithin(`00-${trace}-00f067aa0ba902b7-01`, TOPICS.run, {
      ...writer,
      event: 'completed',
      sequence: 3,
      run,
      kind: 'full',
      startedAt: at,
      counts: counts({ applied: 2 }),
      members: 2,
    });
    await status.publish(TOPICS.membershipResult, {
      ...common,
      merged: 10,
      sequence: 6,
      previous: 5,
      members: [outcome(1), outcome(2)],
    });
    expect(await rowOf('ABC00014')).toMatchObject({
      cloudSyncStatus: 'Partial Success',
      memberCount: 3,
      syncCompleted: 2,
      syncInProgress: 0,
      syncWaiting: 1,
      lastFullSyncStatus: 'Partial Success',
      lastFullSyncMemberCount: 3,
      lastFullSyncTime: at,
      lastSyncStatus: 'Partial Success',
    });
    const { body } = await status.request<Page>('GET', `/targets/${targetId(1)}/members?state=Waiting`);
    expect(body.items).toEqual([
      expect.objectContaining({
        resourceId: 3,
        reason: 'NoEntraRecord',
        waiting: true,
        advice: expect.stringContaining('joins by itself') as string,
      }),
    ]);
    const runs = await status.request<Page>('GET', `/runs?tenantId=${TENANT}&groupId=${groupId(1)}`);
    expect(runs.body.items).toEqual([expect.objectContaining({ id: run, state: 'completed', members: 2 })]);
    const one = await status.request<{ run: object; timeline: { event: string; traceId: string | null }[] }>(
      'GET',
      `/runs/${run}`,
    );
    expect(one.body.run).toMatchObject({ guard: { held: false, counted: 1, size: 3, margin: 4 } });
    expect(one.body.timeline.map(({ event, traceId }) => [event, traceId])).toEqual([
      ['merged', null],
      ['started', null],
      ['completed', trace],
    ]);
  });

  it('sends commands that expire', async () => {
    const { status: code, body } = await status.request('POST', `/targets/${targetId(1)}/sync`, { kind: 'full' });
    expect(code).toBe(202);
    const [command] = await status.outgoing(TOPICS.command);
    expect(command).toMatchObject({
      id: body['id'],
      kind: 'full',
      target: targetId(1),
      by: 'local',
      collection: 'ABC00014',
    });
    expect(Date.parse(command?.expiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('pauses and resumes with a new activation', async () => {
    const paused = await status.request('POST', `/mappings/${targetId(1)}/pause`);
    expect(paused.body).toMatchObject({ state: 'paused', pausedBy: 'operator' });
    expect(await rowOf('ABC00014')).toMatchObject({ cloudSyncStatus: 'Paused' });
    expect((await status.request('POST', `/targets/${targetId(1)}/sync`, {})).status).toBe(409);
    const resumed = await status.request('POST', `/mappings/${targetId(1)}/resume`);
    expect(resumed.body).toMatchObject({ state: 'active', activated: resumed.body['version'] });
  });

  it('is deleted when the writer has let go of it', async () => {
    const { body } = await status.request('DELETE', `/mappings/${targetId(1)}?members=leave`);
    expect(body).toMatchObject({ state: 'deleting', onDelete: 'leave' });
    await status.publish(TOPICS.run, {
      producer: 'writer',
      event: 'released',
      sequence: 9,
      target: targetId(1),
      collection: 'ABC00014',
      activated: body['activated'] as number,
      at: new Date().toISOString(),
    });
    await eventually(async () => (await status.outgoing(TOPICS.mapping)).at(-1)?.state === 'deleted', {
      interval: 50,
      what: 'deleted',
    });
    expect(await rowOf('ABC00014')).toMatchObject({ groupId: null, cloudSyncStatus: null });
  });
});

describe('the API', () => {
  it('names every field that is wrong', async () => {
    const answer = await status.request<{ errors: { field: string }[] }>('POST', '/mappings', {
      tenantId: 'x',
      groupId: groupId(2),
      policy: { guard: { maxShare: 2 } },
      extra: 1,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field }) => field).toSorted()).toEqual([
      'body.collectionId',
      'body.extra',
      'body.policy.guard.maxShare',
      'body.tenantId',
    ]);
  });

  it('takes JSON only, and no token but its own', async () => {
    expect(
      (await status.request('POST', '/mappings', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }))
        .status,
    ).toBe(415);
    expect((await status.request('POST', '/mappings', '{', {})).status).toBe(400);
    expect((await status.request('GET', '/collections', undefined, { authorization: 'Bearer wrong' })).status).toBe(
      401,
    );
    expect((await status.request('GET', '/collections', undefined, { authorization: '' })).status).toBe(401);
    expect((await status.request('GET', '/nothing')).status).toBe(404);
  });

  it('describes itself', async () => {
    const { body } = await status.request<{ openapi: string; paths: object }>('GET', '/openapi.json', undefined, {
      authorization: '',
    });
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toContain('/api/v1/targets/{tenant}/{group}/members');
  });

  it('answers with objects that others may not frame or sniff', async () => {
    const { headers } = await status.request('GET', '/sign-in');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(objectId(1)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
