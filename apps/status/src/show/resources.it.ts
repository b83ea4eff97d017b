import { TOPICS } from '@collection-sync/core';
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
  TOKEN,
  type Fixture,
} from '../../test/status-fixture.js';

interface Found {
  groupName: string;
  collectionId: string;
  member: { name: string; state: string; time: string };
}
interface Moved {
  name: string;
  change: string;
  reason: string | null;
}
type Why = { traces: { conclusion: string; timeline: Moved[]; steps: { step: string; detail: string }[] }[] };

let status: Fixture;
let number = Date.now();
const next = (): number => (number += 1);
const at = (): string => new Date(number).toISOString();
const activated = new Map<number, number>();

beforeAll(async () => {
  status = await startFixture();
  await status.publish(TOPICS.collection, collectionEvent('ABC00001'), collectionEvent('ABC00002'));
  for (const n of [1, 2]) {
    const { body } = await status.request<{ activated: number }>('POST', '/mappings', {
      tenantId: TENANT,
      groupId: groupId(n),
      groupName: `Group ${n}`,
      collectionId: `ABC0000${n}`,
      preflight: 'skip',
    });
    activated.set(n, body.activated);
  }
});
afterAll(() => status.close());

const about = (n: number) => ({
  target: targetId(n),
  collection: `ABC0000${n}`,
  activated: activated.get(n) ?? 0,
});
const previous = new Map<number, number>();
const report = (n: number, members: ReturnType<typeof outcome>[]): Promise<void> => {
  const event = { ...about(n), merged: 10, sequence: next(), previous: previous.get(n) ?? 0, members };
  previous.set(n, event.sequence);
  return status.publish(TOPICS.membershipResult, event);
};
const RUN = crypto.randomUUID();
const run = (event: object): Promise<void> =>
  status.publish(TOPICS.run, {
    ...about(1),
    at: at(),
    sequence: next(),
    producer: 'writer',
    run: RUN,
    kind: 'incremental',
    ...event,
  } as never);
const find = async (search: string): Promise<Found[]> =>
  (await status.request<{ items: Found[] }>('GET', `/resources?search=${encodeURIComponent(search)}`)).body.items;
const moved = async (query = ''): Promise<Moved[]> =>
  (await status.request<{ items: Moved[] }>('GET', `/runs/${RUN}/members${query}`)).body.items;
const why = async (n: number, name: string): Promise<Why['traces'][number] | undefined> =>
  (await status.request<Why>('GET', `/targets/${targetId(n)}/why?name=${name}`)).body.traces[0];

describe('a run names who moved', () => {
  it('once, whatever is reported again, and with who asked for it', async () => {
    const command = await status.request<{ id: string }>('POST', `/targets/${targetId(1)}/sync`, { kind: 'full' });
    await report(1, [outcome(1), outcome(2, { state: 'pending' }), outcome(3, { state: 'failed', code: 'Throttled' })]);
    next();
    await run({ event: 'started', trigger: `command:${command.body.id}`, epoch: 1 });
    next();
    const leaves = { wanted: false, state: 'removed' } as const;
    await report(1, [outcome(1), outcome(2), outcome(3, { state: 'failed', code: 'Throttled', attempts: 2 })]);
    await report(1, [outcome(1, leaves), outcome(4, { ...leaves, attempts: 0 }), outcome(2)]);
    await report(1, [outcome(5, { state: 'failed', object: null, code: 'NoEntraRecord' })]);
    await run({ event: 'completed', startedAt: at(), counts: counts({ applied: 1, removed: 1 }) });
    next();
    await report(1, [outcome(6)]);
    expect(await moved()).toMatchObject([
      { name: 'PC00002', change: 'joined' },
      { name: 'PC00001', change: 'left' },
      { name: 'PC00005', change: 'failed', reason: 'NoEntraRecord' },
    ]);
    expect(await moved('?change=left')).toMatchObject([{ name: 'PC00001' }]);
    const first = await status.request<{ items: Moved[]; next: string }>('GET', `/runs/${RUN}/members?limit=2`);
    expect(await moved(`?limit=2&cursor=${first.body.next}`)).toMatchObject([{ name: 'PC00005' }]);
    const { body } = await status.request<{ run: { by: string } }>('GET', `/runs/${RUN}`);
    expect(body.run.by).toBe('local');
    const file = await fetch(`${status.base}/api/v1/export/runs/${RUN}/members`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect((await file.text()).trim().split('\n')).toHaveLength(4);
  });

  it('and is listed by its time', async () => {
    const of = async (query: string): Promise<number> =>
      (await status.request<{ items: object[] }>('GET', `/runs?${query}`)).body.items.length;
    expect(await of(`from=${new Date(0).toISOString()}`)).toBe(1);
    expect(await of(`to=${new Date(0).toISOString()}`)).toBe(0);
  });
});

describe('a device or user over all groups', () => {
  it('is found by the begin of its name, by ResourceID and by object id, page by page', async () => {
    await report(2, [outcome(2), outcome(20, { name: '2-in-1' })]);
    expect((await find('pc00002')).map(({ groupName, member }) => [groupName, member.state])).toEqual([
      ['Group 1', 'Success'],
      ['Group 2', 'Success'],
    ]);
    expect((await find('2')).map(({ member }) => member.name)).toEqual(['PC00002', 'PC00002', '2-in-1']);
    expect((await find(objectId(20))).map(({ collectionId }) => collectionId)).toEqual(['ABC00002']);
    expect(await find('nobody')).toEqual([]);
    const first = await status.request<{ items: Found[]; next: string }>('GET', '/resources?search=pc&limit=1');
    const second = await status.request<{ items: Found[] }>(
      'GET',
      `/resources?search=pc&limit=1&cursor=${first.body.next}`,
    );
    expect([first.body.items[0]?.groupName, second.body.items[0]?.groupName]).toEqual(['Group 1', 'Group 2']);
  });
});

describe('why tells apart', () => {
  const step = async (n: number, name: string): Promise<string | undefined> =>
    (await why(n, name))?.steps.find((one) => one.step === 'in the collection')?.detail;

  it('who was a member until lately, with what happened since', async () => {
    expect(await step(1, 'PC00001')).toContain('It was a member, and left the group then');
    expect((await why(1, 'PC00001'))?.timeline.map(({ change }) => change)).toEqual([
      'left',
      'leftCollection',
      'joined',
      'resolved',
      'joinedCollection',
    ]);
  });
  it('who has left the collection before it could join the group, and when its record appeared', async () => {
    const waits = { state: 'failed', object: null, code: 'NoEntraRecord' } as const;
    await report(1, [outcome(7, waits)]);
    await report(1, [outcome(7, { state: 'pending' })]);
    await report(1, [outcome(8, waits)]);
    await report(1, [outcome(8, { state: 'removed', wanted: false, object: null })]);
    expect((await why(1, 'PC00007'))?.timeline.map(({ change, reason }) => [change, reason])).toEqual([
      ['resolved', null],
      ['failed', 'NoEntraRecord'],
      ['joinedCollection', null],
    ]);
    expect((await why(1, 'PC00008'))?.timeline[0]?.change).toBe('leftCollection');
    expect(await step(1, 'PC00008')).toContain('The collection named it until then');
    expect(await moved()).toHaveLength(3);
  });
  it('who is in other collections alone', async () => {
    expect(await step(1, '2-in-1')).toContain('it is in Collection ABC00002 (ABC00002), but not in this collection');
  });
  it('whom nobody knows', async () => {
    expect(await step(1, 'NOBODY')).toContain('No synchronised collection names anybody like this');
  });
});

it('a person asks the site and the directory 30 questions a minute, each about one device', async () => {
  const ask = (body: object) =>
    status.request<{ state: string; detail: string; advice: string }>('POST', `/targets/${targetId(1)}/look-ups`, body);
  for (const wrong of [{}, { name: 'PC', resourceId: 1 }]) expect((await ask(wrong)).status).toBe(400);
  for (let n = 0; n < 30; n += 1)
    expect(await ask({ name: `PC${n}` })).toMatchObject({ status: 202, body: { state: 'asking' } });
  const refused = await ask({ name: 'PC30' });
  expect(refused).toMatchObject({
    status: 429,
    body: { detail: expect.stringContaining('30 questions'), advice: expect.any(String) },
  });
  expect(refused.headers.get('retry-after')).toBe('60');
});
