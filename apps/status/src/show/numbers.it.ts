import { MEMBER_STATES, TOPICS, type EventInput, type MemberStateName } from '@collection-sync/core';
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
} from '../../test/status-fixture.js';

type Outcome = EventInput<typeof TOPICS.membershipResult>['members'][number];
interface Row {
  cloudSyncStatus: string;
  statusDetail: string | null;
  problem: { code: string; message: string; advice: string } | null;
  memberCount: number;
  syncCompleted: number;
  syncInProgress: number;
  syncWaiting: number;
  syncFailed: number;
  syncExcluded: number;
  syncHeld: number;
  syncRemoving: number;
  syncKept: number;
}
interface Target {
  row: Row;
  members: { state: MemberStateName; reason: string | null; members: number }[];
}

const NUMBERS: Readonly<Record<MemberStateName, keyof Row>> = {
  Success: 'syncCompleted',
  'In Progress': 'syncInProgress',
  Waiting: 'syncWaiting',
  Failed: 'syncFailed',
  Excluded: 'syncExcluded',
  Held: 'syncHeld',
  Removing: 'syncRemoving',
  Kept: 'syncKept',
};

let status: Fixture;
let group = 0;
let number = 100;
const next = (): number => (number += 1);

beforeAll(async () => {
  status = await startFixture();
  await status.publish(TOPICS.collection, collectionEvent('ABC00001', { count: 28 }));
});
afterAll(() => status.close());

const path = (): string => `${TENANT}/${groupId(group)}`;
const target = async (): Promise<Target> => (await status.request<Target>('GET', `/targets/${path()}`)).body;
const listed = async (query: string): Promise<number> =>
  (await status.request<{ items: object[] }>('GET', `/targets/${path()}/members?limit=500&${query}`)).body.items.length;

const map = async (more: object = {}): Promise<number> => {
  group += 1;
  const created = await status.request<{ activated: number }>('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(group),
    groupName: 'g',
    collectionId: 'ABC00001',
    preflight: 'skip',
    ...more,
  });
  expect(created.status).toBe(201);
  return created.body.activated;
};

const about = (activated: number) => ({ target: targetId(group), collection: 'ABC00001', activated });
const at = (): string => new Date().toISOString();

const report = async (activated: number, members: Outcome[]): Promise<void> => {
  const event = { ...about(activated), merged: 10, sequence: next(), previous: 0, members };
  await status.publish(TOPICS.membershipResult, {
    ...event,
    snapshot: { id: crypto.randomUUID(), part: 0, last: true },
  });
  await status.publish(TOPICS.run, {
    ...about(activated),
    at: at(),
    sequence: next(),
    producer: 'writer',
    event: 'merged',
    transfer: crypto.randomUUID(),
    mode: 'full',
    content: 'complete',
    version: 10,
    pending: 0,
    readAt: at(),
  });
};

const ended = (activated: number, failure?: { code: string; message: string; advice: string }): Promise<void> => {
  const run = {
    ...about(activated),
    at: at(),
    sequence: next(),
    producer: 'writer',
    run: crypto.randomUUID(),
  } as const;
  const rest = { kind: 'full', startedAt: at(), counts: counts({}) } as const;
  return status.publish(
    TOPICS.run,
    failure ? { ...run, ...rest, event: 'failed', ...failure } : { ...run, ...rest, event: 'completed' },
  );
};

const PLAN = crypto.randomUUID();
/** One member of each kind that a writer reports, some of them twice. */
const EVERY: Outcome[] = [
  outcome(1),
  outcome(2),
  outcome(3, { state: 'pending' }),
  outcome(4, { state: 'failed', object: null, code: 'NoEntraRecord' }),
  outcome(5, { state: 'failed', object: null, code: 'NoIdentity' }),
  outcome(6, { state: 'failed', code: 'RequestRefused', message: 'no' }),
  outcome(7, { state: 'failed', object: null, code: 'OtherTenant' }),
  outcome(8, { state: 'failed', code: 'Throttled' }),
  outcome(0, { resource: null, object: objectId(20), wanted: false, state: 'held', code: 'RemovalHeld', plan: PLAN }),
  outcome(0, {
    resource: null,
    object: objectId(21),
    wanted: false,
    state: 'held',
    code: 'RemovalRejected',
    plan: PLAN,
  }),
  outcome(0, {
    resource: null,
    object: objectId(24),
    wanted: false,
    state: 'held',
    code: 'KeptUnmanaged',
    plan: crypto.randomUUID(),
  }),
  outcome(0, { resource: null, object: objectId(22), wanted: false, state: 'pending' }),
  outcome(0, { resource: null, object: objectId(23), wanted: false, state: 'failed', code: 'PermissionMissing' }),
];

const expectAgreement = async (): Promise<void> => {
  const { row, members } = await target();
  for (const state of MEMBER_STATES) {
    expect([state, await listed(`state=${state}`)]).toEqual([state, row[NUMBERS[state]]]);
    const ofState = members.filter((one) => one.state === state);
    expect([state, ofState.reduce((sum, one) => sum + one.members, 0)]).toEqual([state, row[NUMBERS[state]]]);
  }
  for (const { state, reason, members: n } of members) {
    if (reason) expect([state, reason, await listed(`state=${state}&reason=${reason}`)]).toEqual([state, reason, n]);
  }
  expect(row.memberCount).toBe(row.syncCompleted + row.syncInProgress + row.syncWaiting + row.syncFailed);
};

describe('numbers and lists agree', () => {
  it('before anything was merged, active or paused', async () => {
    await map();
    await expectAgreement();
    await map({ paused: true });
    await expectAgreement();
    expect((await target()).row).toMatchObject({ cloudSyncStatus: 'Paused', memberCount: 0 });
  });

  it.each([
    ['a policy that shows everybody', {}],
    ['a policy that leaves some out of the status', { policy: { withoutRecord: 'exclude', otherTenant: 'exclude' } }],
  ])('with members in every state, under %s', async (_what, more) => {
    const activated = await map(more);
    await report(activated, EVERY);
    await expectAgreement();
    await status.request('POST', `/mappings/${path()}/pause`);
    await expectAgreement();
  });

  it('of a plan of which one member is wanted again', async () => {
    const activated = await map();
    const run = { ...about(activated), at: at(), producer: 'writer' } as const;
    await report(activated, EVERY);
    const guard = { held: true, limit: 'maxRemovals', counted: 3, size: 10, margin: 0 } as never;
    await status.publish(TOPICS.run, {
      ...run,
      sequence: next(),
      event: 'held',
      plan: PLAN,
      removals: 3,
      guard,
      expiresAt: at(),
    });
    const plans = await status.request<{ items: { removals: number; held: number }[] }>('GET', '/plans?holding=true');
    expect(plans.body.items).toMatchObject([{ removals: 3, held: await listed(`planId=${PLAN}`) }]);
    await status.publish(TOPICS.run, {
      ...run,
      sequence: next(),
      event: 'plan-closed',
      plan: PLAN,
      state: 'rejected',
      by: 'Eva',
    });
    const rejected = await status.request<{ items: object[] }>('GET', '/plans?holding=true');
    expect(rejected.body.items).toMatchObject([{ state: 'rejected', closedBy: 'Eva', held: 2 }]);
    const part = await status.request('POST', `/plans/${PLAN}/approve-part`, { objectIds: [objectId(20)] });
    const keep = await status.request('POST', `/plans/${PLAN}/keep`);
    expect([part.status, keep.status]).toEqual([202, 202]);
    expect((await status.outgoing(TOPICS.command)).slice(-2)).toMatchObject([
      { kind: 'approve', part: { plan: PLAN, objects: [objectId(20)] } },
      { kind: 'reject', plan: PLAN, keep: true },
    ]);
    expect((await status.outgoing(TOPICS.command)).at(-2)).not.toHaveProperty('plan');
    await status.publish(TOPICS.run, {
      ...run,
      sequence: next(),
      event: 'plan-closed',
      plan: PLAN,
      state: 'rejected',
      kept: true,
      by: 'Eva',
    });
    expect((await status.request('GET', `/plans/${PLAN}`)).body).toMatchObject({ state: 'kept', closedBy: 'Eva' });
    expect((await status.request('POST', `/plans/${PLAN}/keep`)).status).toBe(409);
    const approved = await status.request<{ kind: string }>('POST', `/plans/${PLAN}/approve`);
    expect([approved.status, approved.body.kind]).toEqual([202, 'approve']);
    expect((await status.request('POST', `/plans/${PLAN}/reject`)).status).toBe(409);
    await status.publish(TOPICS.run, {
      ...run,
      sequence: next(),
      event: 'plan-closed',
      plan: PLAN,
      state: 'approved',
      by: 'Ada',
    });
    expect((await status.request('GET', `/plans/${PLAN}`)).body).toMatchObject({ state: 'approved', closedBy: 'Ada' });
  });
});

describe('a status says why', () => {
  it.each([
    ['sign-in refused', 'GRAPH_SIGN_IN_REFUSED'],
    ['permission missing', 'GRAPH_PERMISSION_MISSING'],
    ['a defect', 'INTERNAL'],
  ])('and what to do, when an error ended the run as a whole: %s', async (_what, code) => {
    const activated = await map();
    await report(activated, [outcome(1), outcome(2, { state: 'pending' })]);
    await ended(activated, { code, message: 'It was refused.', advice: 'Renew it.' });
    expect((await target()).row).toMatchObject({
      cloudSyncStatus: 'Failed',
      statusDetail: 'It was refused.',
      problem: { code, message: 'It was refused.', advice: 'Renew it.' },
    });
    const failed = await status.request<{ items: object[] }>(
      'GET',
      `/collections?status=Failed&search=${groupId(group)}`,
    );
    expect(failed.body.items).toHaveLength(1);
    await ended(activated);
    expect((await target()).row).toMatchObject({ cloudSyncStatus: 'In Progress', problem: null });
  });

  it('not when another writer goes on', async () => {
    const activated = await map();
    await report(activated, [outcome(1)]);
    await ended(activated, { code: 'LEASE_LOST', message: 'Another writer.', advice: '' });
    expect((await target()).row).toMatchObject({ cloudSyncStatus: 'Success', problem: null });
  });

  it('when the directory of the tenant refuses the application before anything was merged', async () => {
    await map();
    const upstream = (state: 'unavailable' | 'ready', more: object) =>
      status.publish(TOPICS.upstream, {
        kind: 'directory',
        name: TENANT,
        state,
        since: at(),
        checkedAt: at(),
        sequence: Date.now() + next(),
        ...more,
      });
    await upstream('unavailable', { code: 'GRAPH_SIGN_IN_REFUSED', reason: 'AADSTS7000222: the secret has expired.' });
    expect((await target()).row).toMatchObject({
      cloudSyncStatus: 'Failed',
      problem: { code: 'GRAPH_SIGN_IN_REFUSED', message: 'AADSTS7000222: the secret has expired.' },
    });
    expect((await target()).row.problem?.advice).toContain('credential');
    await upstream('ready', {});
    expect((await target()).row).toMatchObject({ cloudSyncStatus: 'In Progress', problem: null });
  });

  it('when the only gap is members that wait for their record', async () => {
    const activated = await map();
    await report(activated, [outcome(1), outcome(2, { state: 'failed', object: null, code: 'NoEntraRecord' })]);
    await ended(activated);
    const { row } = await target();
    expect(row).toMatchObject({ cloudSyncStatus: 'Partial Success', syncWaiting: 1, syncFailed: 0 });
    expect(row.statusDetail).toContain('1 member waits for its record');
  });
});

describe('stale', () => {
  const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
  const word = async (id: string): Promise<string | undefined> =>
    (await status.request<{ items: Row[] }>('GET', `/collections?collectionId=${id}`)).body.items[0]?.cloudSyncStatus;
  const proofAt = (time: string) => ({ ...collectionEvent('ABC00001').lastComplete!, at: time });

  it.each([
    ['read completely, and listed just now', { checkedAt: ago(0), lastComplete: proofAt(ago(3_600_000)) }, 'Success'],
    [
      'a read that stays incomplete confirms nothing',
      { state: 'incomplete', checkedAt: ago(0), lastComplete: proofAt(ago(960_000)) },
      'Stale',
    ],
    [
      'a clock that is an hour ahead confirms nothing',
      { checkedAt: ago(3_600_000), lastComplete: proofAt(ago(-3_600_000)) },
      'Stale',
    ],
    [
      'not listed for longer than 15 minutes, however long the interval',
      { checkedAt: ago(960_000), lastComplete: proofAt(ago(960_000)) },
      'Stale',
    ],
  ] as const)('%s', async (_what, changes, expected) => {
    const id = `ABC000${10 + group}`;
    await status.publish(TOPICS.collection, collectionEvent(id, { ...changes, sequence: Date.now() + next() }));
    const activated = await map({ collectionId: id, schedule: { kind: 'interval', seconds: 3_600 } });
    const of = { target: targetId(group), collection: id, activated };
    await status.publish(TOPICS.membershipResult, {
      ...of,
      merged: 10,
      sequence: next(),
      previous: 0,
      members: [outcome(1)],
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
    });
    await status.publish(TOPICS.run, {
      ...of,
      at: at(),
      sequence: next(),
      producer: 'writer',
      event: 'merged',
      transfer: crypto.randomUUID(),
      mode: 'full',
      content: 'complete',
      version: 10,
      pending: 0,
      readAt: at(),
    });
    await status.publish(TOPICS.run, {
      ...of,
      at: at(),
      sequence: next(),
      producer: 'writer',
      event: 'completed',
      run: crypto.randomUUID(),
      kind: 'full',
      startedAt: at(),
      counts: counts({}),
    });
    expect(await word(id)).toBe(expected);
  });
});
