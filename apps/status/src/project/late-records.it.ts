import { randomUUID } from 'node:crypto';
import { TOPICS, type EventInput } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  collectionEvent,
  counts,
  groupId,
  outcome,
  startFixture,
  targetId,
  TENANT,
  type Fixture,
} from '../../test/status-fixture.js';

type Result = EventInput<typeof TOPICS.membershipResult>;
type RunEvent = EventInput<typeof TOPICS.run>;

let status: Fixture;
let target: string;
let targets = 0;
let sequence: number;

beforeAll(async () => {
  status = await startFixture();
});
afterAll(() => status.close());
beforeEach(() => {
  target = targetId((targets += 1));
  sequence = 0;
});

const result = (members: Result['members'], more: Partial<Result> = {}): Result => {
  const previous = sequence;
  sequence += 1;
  return { target, collection: 'ABC00001', activated: 1, merged: 1, sequence, previous, members, ...more };
};
const publish = (...events: Result[]) => status.publish(TOPICS.membershipResult, ...events);
const shown = async (): Promise<string[]> => {
  const rows = await status.database.query<{ resource: number; state: string }>(
    `select resource, m.state from member m join target t on t.no = target_no where t.target = $1 order by resource`,
    [target],
  );
  return rows.map(({ resource, state }) => `${resource} ${state}`);
};
const row = async (): Promise<Record<string, unknown> | undefined> =>
  (await status.database.query('select * from target where target = $1', [target]))[0];

describe('of results', () => {
  it('those of an older activation are not shown, even with a later number', async () => {
    await publish(result([outcome(1)], { activated: 2 }), result([outcome(2)], { activated: 1 }));
    expect(await shown()).toEqual(['1 applied']);
  });

  it('an older one that comes again changes nothing', async () => {
    const pending = result([outcome(1, { state: 'pending' })]);
    await publish(pending, result([outcome(1)]));
    await publish(pending);
    expect(await shown()).toEqual(['1 applied']);
    expect((await row())?.['gap']).toBe(false);
  });

  it('a snapshot that lacks a part takes nobody for gone', async () => {
    await publish(result([1, 2, 3].map((resource) => outcome(resource))));
    const id = randomUUID();
    const part = (resource: number, n: number) =>
      result([outcome(resource)], { snapshot: { id, part: n, last: n === 2 } });
    const [first, , last] = [part(1, 0), part(2, 1), part(3, 2)];
    await publish(first!, last!);
    expect(await shown()).toEqual(['1 applied', '2 applied', '3 applied']);
    expect((await row())?.['gap']).toBe(true);
  });
});

const [one, two] = [randomUUID(), randomUUID()];
const run = (event: string, id: string, more: object = {}): RunEvent => {
  sequence += 1;
  const common = { target, collection: 'ABC00001', activated: 1, at: new Date().toISOString(), producer: 'writer' };
  return { ...common, sequence, event, run: id, kind: 'full', ...more } as RunEvent;
};
const started = (id: string) => run('started', id, { trigger: 'test', epoch: sequence });
const ended = (id: string) =>
  run('completed', id, { startedAt: new Date().toISOString(), counts: counts({ applied: 1 }), members: 1 });
const said = (...events: RunEvent[]) => status.publish(TOPICS.run, ...events);
const stateOf = async (id: string): Promise<unknown> =>
  (await status.database.query('select state from run where id = $1 and target = $2', [id, target]))[0]?.['state'];

describe('of run events', () => {
  it('one that is known does not count again', async () => {
    const first = started(one);
    await said(first, ended(one));
    await said(started(two));
    await said(first);
    expect((await row())?.['run']).toBe(two);
  });

  it('a run that has ended stays ended', async () => {
    const id = randomUUID();
    await said(started(id), ended(id));
    await said(run('progress', id, { counts: counts({ applied: 2 }) }));
    expect(await stateOf(id)).toBe('completed');
  });

  it('of several decisions on a plan that come at once the last one is shown', async () => {
    const plan = randomUUID();
    const guard = { held: true, limit: 'maxShare', counted: 1, size: 2, margin: 0 };
    const held = run('held', one, { plan, removals: 1, guard, expiresAt: new Date().toISOString() });
    const decided = (state: string, kept?: true) => run('plan-closed', one, { plan, state, by: 'operator', kept });
    await said(held, decided('rejected'), decided('rejected', true), decided('approved'));
    expect(await status.database.query('select state from plan where id = $1', [plan])).toEqual([
      { state: 'approved' },
    ]);
  });

  it('a run whose end never came has failed when the next one starts', async () => {
    const [lost, next] = [randomUUID(), randomUUID()];
    await said(started(lost));
    expect(await stateOf(lost)).toBe('running');
    await said(started(next));
    expect([await stateOf(lost), await stateOf(next)]).toEqual(['failed', 'running']);
  });

  it('the end of an earlier mapping does not delete the one after it', async () => {
    await status.publish(TOPICS.collection, collectionEvent('ABC00001'));
    const create = {
      tenantId: TENANT,
      groupId: groupId(targets),
      groupName: 'Group',
      collectionId: 'ABC00001',
      preflight: 'skip',
    };
    const remove = () => status.request('DELETE', `/mappings/${target}?members=remove`);
    const { body: before } = await status.request('POST', '/mappings', create);
    await remove();
    const { body: after } = await status.request('POST', '/mappings', create);
    await remove();
    const released = (activated: unknown) =>
      said({ ...run('released', one), run: undefined, kind: undefined, activated } as never);
    const state = async () => (await status.request('GET', `/mappings/${target}`)).body['state'];
    await released(before['activated']);
    expect(await state()).toBe('deleting');
    await released(after['activated']);
    expect(await state()).toBe('deleted');
  });
});
