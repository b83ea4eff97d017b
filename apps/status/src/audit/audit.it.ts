import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOPICS } from '@collection-sync/core';
import {
  collectionEvent,
  groupId,
  startFixture,
  targetId,
  TENANT,
  TOKEN,
  type Fixture,
} from '../../test/status-fixture.js';

interface Entry {
  id: number;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}
interface Verification {
  whole: boolean;
  lines: number;
  unsealed: number;
  broken: number[];
}

let status: Fixture;
beforeAll(async () => {
  status = await startFixture({ settings: { tickMs: 50 } });
  await status.publish(TOPICS.collection, collectionEvent('ABC00014'));
  await status.request('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(1),
    groupName: 'Group',
    collectionId: 'ABC00014',
    preflight: 'skip',
  });
  await status.request('PATCH', `/mappings/${targetId(1)}`, { policy: { guard: { maxRemovals: 7 } } });
});
afterAll(() => status.close());

const verification = async (): Promise<Verification> =>
  (await status.request<Verification>('GET', '/audit/verification')).body;
const entries = async (query = ''): Promise<Entry[]> =>
  (await status.request<{ items: Entry[] }>('GET', `/audit?subject=${encodeURIComponent(targetId(1))}${query}`)).body
    .items;
const whole = (): Promise<unknown> =>
  eventually(async () => expect(await verification()).toMatchObject({ whole: true, unsealed: 0 }));

describe('a line of the audit log', () => {
  it('says who did it from where, and all settings before and after', async () => {
    const [changed, created] = await entries();
    expect(created).toMatchObject({ action: 'mapping.create', before: null, after: { collection: 'ABC00014' } });
    expect(changed).toMatchObject({
      action: 'mapping.change',
      actor: 'local',
      issuer: 'local',
      actorSubject: 'local',
      address: '127.0.0.1',
      before: { policy: created?.after?.['policy'] },
      after: { policy: { guard: { maxRemovals: 7 } } },
    });
  });

  it('can be referred to by its number', async () => {
    const [changed] = await entries();
    expect((await status.request('GET', `/audit/${changed?.id}`)).body).toEqual(changed);
    expect((await status.request('GET', '/audit/999999')).status).toBe(404);
    expect((await status.request('GET', '/audit/1e300')).status).toBe(400);
  });

  it('is found by its time', async () => {
    const hour = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
    expect(await entries(`&from=${hour(-1)}&to=${hour(1)}`)).toHaveLength(2);
    expect(await entries(`&from=${hour(1)}`)).toEqual([]);
  });

  it('is found by the kind of what was done, and by who did it', async () => {
    expect(await entries('&kind=mapping')).toHaveLength(2);
    expect(await entries('&kind=command')).toEqual([]);
    expect(await entries('&actor=local')).toHaveLength(2);
    expect(await entries('&actor=somebody')).toEqual([]);
  });

  it('names who did something lately, to choose from', async () => {
    const { body } = await status.request<{ items: object[] }>('GET', '/audit/people');
    expect(body.items).toEqual([
      { id: 'local', name: 'local', lines: expect.any(Number), lastAt: expect.stringMatching(/Z$/) },
    ]);
  });

  it('is found by a part of the name of its group or collection, or a whole id, and tells what they are called now', async () => {
    const found = async (search: string): Promise<unknown[]> =>
      (await status.request<{ items: unknown[] }>('GET', `/audit?search=${encodeURIComponent(search)}`)).body.items;
    for (const search of ['ROU', 'ollection ABC', 'abc00014', groupId(1), targetId(1)])
      expect(await found(search), search).toHaveLength(2);
    for (const search of ['Grouped', 'ABC0002', '%', groupId(2)]) expect(await found(search), search).toEqual([]);
    expect((await found('group'))[0]).toMatchObject({
      groupName: 'Group',
      collectionId: 'ABC00014',
      collectionName: 'Collection ABC00014',
    });
  });

  it('is of one of the actions that there are', async () => {
    expect(await entries('&action=mapping.change')).toHaveLength(1);
    expect((await status.request('GET', '/audit?action=mapping.chang')).body).toMatchObject({
      status: 400,
      detail: expect.stringContaining('mapping.change'),
    });
  });

  it('is in the file that an auditor takes, of the part that was asked for', async () => {
    const file = async (query: string): Promise<string> =>
      (
        await fetch(`${status.base}/api/v1/export/audit?${query}`, { headers: { authorization: `Bearer ${TOKEN}` } })
      ).text();
    const lines = (await file('format=ndjson&kind=mapping')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Entry).action)).toEqual(['mapping.change', 'mapping.create']);
    expect(JSON.parse(await file('format=json&action=mapping.create'))).toHaveLength(1);
    expect(await file('format=csv')).toMatch(/^\uFEFF?id,at,actor,role,action,subject,detail,issuer,/);
  });

  it('tells of a record that was adopted from the topic', async () => {
    const sent = (await status.outgoing(TOPICS.mapping)).at(-1);
    if (!sent) throw new Error('nothing was sent');
    await status.publish(TOPICS.mapping, { ...sent, version: sent.version + 5_000, groupName: 'Forged' });
    await eventually(async () =>
      expect((await entries())[0]).toMatchObject({
        action: 'mapping.adopt',
        role: 'Event',
        issuer: 'topic',
        after: { groupName: 'Forged' },
      }),
    );
  });
});

describe('the chain of the audit log', () => {
  it('shows a line that was changed, and one that was taken out', async () => {
    await whole();
    const [newest, middle] = await entries();
    const restore = await status.database.query<{ actor: string }>('select actor from audit where id = $1', [
      middle?.id,
    ]);
    await status.database.query(`update audit set actor = 'somebody else' where id = $1`, [middle?.id]);
    expect(await verification()).toMatchObject({ whole: false, broken: [middle?.id] });
    await status.database.query('update audit set actor = $2 where id = $1', [middle?.id, restore[0]?.actor]);
    await whole();
    await status.database.query('delete from audit where id = $1', [newest?.id]);
    expect(await verification()).toMatchObject({ whole: false, broken: [newest?.id] });
    await status.database.query('delete from audit_seal where audit = $1', [newest?.id]);
  });

  it('takes new lines only from an account that does not own it, but for the retention', async () => {
    const role = `audit_test_${crypto.randomUUID().slice(0, 8)}`;
    await status.database.query(`create role ${role}`);
    await status.database.query(`grant usage on schema status to ${role}`);
    await status.database.query(`grant select, insert, update, delete, truncate on audit, audit_seal to ${role}`);
    const as = (text: string): Promise<unknown> =>
      status.database.transaction(async (tx) => {
        await tx.query(`set local role ${role}`);
        return tx.query(text);
      });
    try {
      for (const text of [
        `update audit set actor = 'x'`,
        'delete from audit',
        'truncate audit',
        `update audit_seal set hash = 'x'`,
        'delete from audit_seal',
      ])
        await expect(as(text)).rejects.toThrow(/takes new lines only/);
      await as(`insert into audit (actor, role, action, subject) values ('a', 'b', 'c', 'd')`);
      await whole();
      await status.database.query(
        `update audit set at = now() - interval '40 days' where id = (select min(id) from audit)`,
      );
      await expect(as('select drop_old_audit(3, 10)')).rejects.toThrow(/30 days at least/);
      await as('select drop_old_audit(31, 10)');
      await whole();
      expect((await verification()).lines).toBeGreaterThan(0);
    } finally {
      await status.database.query(`drop owned by ${role}`);
      await status.database.query(`drop role ${role}`);
    }
  });
});
