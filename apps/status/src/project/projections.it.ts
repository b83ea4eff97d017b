import { TOPICS, type EventInput } from '@collection-sync/core';
import { Database, migrate } from '@collection-sync/postgres';
import { freshDatabase, PlanReader } from '@collection-sync/testing';
import fc from 'fast-check';
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
import { projectResults } from './project-results.js';

type Result = EventInput<typeof TOPICS.membershipResult>;
type Outcome = Result['members'][number];

/** What the writer has: objects of resources, and objects that are still to be removed. */
class Ledger {
  readonly wanted = new Map<number, { object: string | null; state: Outcome['state'] }>();
  readonly leaving = new Set<string>();
  number = 0;

  constructor(readonly target: string) {}

  private record(members: Outcome[], more: Partial<Result> = {}): Result {
    const previous = this.number;
    this.number += 1 + (this.number % 3);
    return {
      target: this.target,
      collection: 'ABC00001',
      activated: 1,
      merged: 1,
      sequence: this.number,
      previous,
      members,
      ...more,
    };
  }

  step(resource: number, kind: 'join' | 'fail' | 'apply' | 'leave' | 'left' | 'change'): Result {
    const held = this.wanted.get(resource);
    if (kind === 'leave' && held) {
      this.wanted.delete(resource);
      if (held.object === null)
        return this.record([outcome(resource, { object: null, state: 'removed', wanted: false })]);
      this.leaving.add(held.object);
      return this.record([outcome(resource, { object: held.object, state: 'pending', wanted: false })]);
    }
    if (kind === 'left') {
      const [object] = this.leaving;
      if (object === undefined) return this.record([]);
      this.leaving.delete(object);
      return this.record([outcome(0, { resource: null, object, state: 'removed', wanted: false })]);
    }
    const members: Outcome[] = [];
    const object =
      kind === 'fail' ? null : kind === 'change' ? objectId(resource + 1_000) : (held?.object ?? objectId(resource));
    const state = kind === 'fail' ? 'failed' : kind === 'apply' ? 'applied' : 'pending';
    if (held?.object && held.object !== object) {
      this.leaving.add(held.object);
      members.push(outcome(0, { resource: null, object: held.object, state: 'pending', wanted: false }));
    }
    if (object) this.leaving.delete(object);
    this.wanted.set(resource, { object, state });
    members.push(outcome(resource, { object, state, ...(kind === 'fail' ? { code: 'NoEntraRecord' as const } : {}) }));
    return this.record(members);
  }

  snapshot(size: number): Result[] {
    const id = crypto.randomUUID();
    const all = this.outcomes();
    const parts: Outcome[][] = [];
    for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
    parts.push([]);
    return parts.map((members, part) =>
      this.record(members, { snapshot: { id, part, last: part === parts.length - 1 } }),
    );
  }

  private outcomes(): Outcome[] {
    return [
      ...[...this.wanted].map(([resource, { object, state }]) =>
        outcome(resource, { object, state, ...(object ? {} : { code: 'NoEntraRecord' as const }) }),
      ),
      ...[...this.leaving].map((object) => outcome(0, { resource: null, object, state: 'pending', wanted: false })),
    ];
  }

  shown(): string[] {
    return this.outcomes()
      .map(({ resource, object, state, wanted }) => `${wanted ? resource : '-'} ${object} ${state}`)
      .toSorted();
  }
}

let database: Database;
beforeAll(async () => {
  database = new Database({ url: await freshDatabase(), schema: 'status', application: 'status-test' });
  await migrate(database, new URL('../../migrations/', import.meta.url));
});
afterAll(() => database.close());

const shown = async (target: string): Promise<string[]> => {
  const rows = await database.query<{ resource: number | null; object: string | null; state: string; wanted: boolean }>(
    'select resource, object, state, wanted from member join target t on t.no = target_no where t.target = $1',
    [target],
  );
  return rows.map(({ resource, object, state, wanted }) => `${wanted ? resource : '-'} ${object} ${state}`).toSorted();
};

const counted = async (target: string): Promise<unknown> =>
  database.query(
    `select wanted, state, code, n from member_count join target t on t.no = target_no where t.target = $1 and n <> 0
     except all
     select wanted, state, coalesce(code, ''), count(*) from member join target t on t.no = target_no where t.target = $1 group by 1, 2, 3`,
    [target],
  );

const gapOf = async (target: string): Promise<boolean> =>
  (await database.query<{ gap: boolean }>('select gap from target where target = $1', [target]))[0]?.gap ?? false;

const KINDS = ['join', 'fail', 'apply', 'leave', 'left', 'change'] as const;
const step = fc.record({ resource: fc.integer({ min: 1, max: 12 }), kind: fc.constantFrom(...KINDS) });
let targets = 0;

describe('members', () => {
  it('are those of the ledger, however the stream is cut and repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(80), fc.nat(80)), { maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(60),
        async (steps, redeliveries, size, snapshotAt) => {
          const target = targetId((targets += 1));
          const ledger = new Ledger(target);
          const stream: Result[] = [];
          steps.forEach(({ resource, kind }, at) => {
            if (at === snapshotAt) stream.push(...ledger.snapshot(size));
            stream.push(ledger.step(resource, kind));
          });
          for (const [from, length] of redeliveries)
            await projectResults(database, target, stream.slice(0, from + length) as never);
          for (let at = 0; at < stream.length; at += size)
            await projectResults(database, target, stream.slice(at, at + size) as never);
          expect(await shown(target)).toEqual(ledger.shown());
          expect(await counted(target)).toEqual([]);
          expect(await gapOf(target)).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are right again after the report that a gap asks for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 50 }),
        fc.array(fc.nat(49), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(step, { maxLength: 5 }),
        async (steps, lost, size, later) => {
          const target = targetId((targets += 1));
          const ledger = new Ledger(target);
          const stream = steps.map(({ resource, kind }) => ledger.step(resource, kind));
          const gone = new Set(lost.map((at) => at % (stream.length - 1)));
          await projectResults(database, target, stream.filter((_, at) => !gone.has(at)) as never);
          expect(await gapOf(target)).toBe(true);
          const parts = ledger.snapshot(size);
          // a snapshot of which a part is missing heals nothing
          if (parts.length > 1) {
            await projectResults(database, target, parts.slice(1) as never);
            expect(await gapOf(target)).toBe(true);
          }
          const again = [...ledger.snapshot(size), ...later.map(({ resource, kind }) => ledger.step(resource, kind))];
          await projectResults(database, target, again as never);
          expect(await gapOf(target)).toBe(false);
          expect(await shown(target)).toEqual(ledger.shown());
        },
      ),
      { numRuns: 30 },
    );
  });

  it('that change between the parts of a snapshot are not taken for gone', async () => {
    const target = targetId((targets += 1));
    const ledger = new Ledger(target);
    const stream = [1, 2, 3].map((resource) => ledger.step(resource, 'join'));
    const id = crypto.randomUUID();
    const part = (members: Outcome[], n: number, last: boolean): Result => {
      const previous = ledger.number;
      ledger.number += 1;
      return { ...stream[0]!, sequence: ledger.number, previous, members, snapshot: { id, part: n, last } };
    };
    const first = part([outcome(1, { state: 'pending' }), outcome(2, { state: 'pending' })], 0, false);
    const between = ledger.step(9, 'join');
    const second = part([outcome(3, { state: 'pending' })], 1, true);
    await projectResults(database, target, [...stream, first, between, second] as never);
    expect(await shown(target)).toEqual(ledger.shown());
  });
});

it('a record looks its members up by their keys, however many the target has', async () => {
  const target = targetId((targets += 1));
  const ledger = new Ledger(target);
  await projectResults(database, target, [ledger.step(1, 'join')] as never);
  await database.query(
    `alter table member set (autovacuum_enabled = off);
     insert into member (target_no, key, resource, object, name, sort, state, wanted, attempts, at)
       select target_no, n::text, n, 'object ' || n, 'PC' || n, 'pc' || n, 'pending', true, 0, now() from member, generate_series(100, 20000) n
       where target_no = (select max(no) from target)`,
  );
  const plans = new PlanReader();
  const objects = Array.from({ length: 300 }, (_, at) => ledger.step(at + 1, at % 3 === 0 ? 'apply' : 'join'));
  const left = ['change', 'leave', 'left'] as const;
  const records = [...objects, ...left.flatMap((kind) => [2, 3].map((resource) => ledger.step(resource, kind)))];
  await projectResults(plans.reading(database), target, records.slice(0, 300) as never);
  await projectResults(plans.reading(database), target, records.slice(300) as never);
  expect(plans.scansOf(['member'])).toEqual([]);
  const used = plans.plans.flatMap(({ indexes }) => indexes.filter((index) => index.startsWith('member_')));
  expect(new Set(used)).toEqual(new Set(['member_pkey']));
});

describe('what is shown', () => {
  let status: Fixture;
  beforeAll(async () => {
    status = await startFixture();
    await status.publish(TOPICS.collection, collectionEvent('ABC00014'));
  });
  afterAll(() => status.close());

  const rows = async (): Promise<unknown> => {
    const { body } = await status.request<{ items: Record<string, unknown>[] }>('GET', '/collections?mapped=true');
    // ages of the present moment
    return body.items;
  };

  it('does not depend on which topic comes first', async () => {
    const answers: unknown[] = [];
    for (const [n, order] of [
      ['results', 'runs'],
      ['runs', 'results'],
    ].entries()) {
      const number = n + 1;
      const { body: mapping } = await status.request('POST', '/mappings', {
        tenantId: TENANT,
        groupId: groupId(number),
        groupName: 'Same',
        collectionId: 'ABC00014',
        preflight: 'skip',
      });
      const at = '2026-01-01T00:00:00.000Z';
      const common = { target: targetId(number), collection: 'ABC00014', activated: mapping['activated'] as number };
      const writer = { ...common, producer: 'writer' as const, at };
      const run = crypto.randomUUID();
      const publish = {
        results: () =>
          status.publish(
            TOPICS.membershipResult,
            {
              ...common,
              merged: 10,
              sequence: 1,
              previous: 0,
              members: [outcome(1, { state: 'pending' }), outcome(2, { state: 'pending' })],
            },
            {
              ...common,
              merged: 10,
              sequence: 2,
              previous: 1,
              members: [outcome(1), outcome(2, { state: 'failed', code: 'ObjectNotFound' })],
            },
          ),
        runs: () =>
          status.publish(
            TOPICS.run,
            {
              ...writer,
              event: 'merged',
              sequence: 1,
              transfer: run,
              mode: 'full',
              content: 'complete',
              version: 10,
              pending: 2,
              readAt: at,
            },
            { ...writer, event: 'started', sequence: 2, run, kind: 'full', trigger: 'merged', epoch: 1 },
            {
              ...writer,
              event: 'completed',
              sequence: 3,
              run,
              kind: 'full',
              startedAt: at,
              counts: counts({ applied: 1, failed: 1 }),
            },
          ),
      };
      for (const topic of order as ('results' | 'runs')[]) await publish[topic]();
      const { body } = await status.request<{ row: Record<string, unknown> }>('GET', `/targets/${targetId(number)}`);
      const { groupId: _, target: __, lastSyncTime: ___, ...row } = body.row;
      answers.push(row);
    }
    expect(answers[0]).toMatchObject({
      cloudSyncStatus: 'Partial Success',
      syncCompleted: 1,
      syncFailed: 1,
      lastFullSyncStatus: 'Partial Success',
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('is the same again when the projections were dropped and rebuilt', async () => {
    const before = await rows();
    const membersBefore = await status.request('GET', `/targets/${targetId(1)}/members`);
    await status.database.query(
      'truncate target, member, member_count, snapshot_part, overview, collection, upstream restart identity',
    );
    const asked = await askAll();
    expect(asked).toEqual([targetId(1), targetId(2)]);
    for (const n of [1, 2]) {
      const { body: mapping } = await status.request('GET', `/mappings/${targetId(n)}`);
      const common = { target: targetId(n), collection: 'ABC00014', activated: mapping['activated'] as number };
      await status.publish(TOPICS.membershipResult, {
        ...common,
        merged: 10,
        sequence: 9,
        previous: 8,
        snapshot: { id: crypto.randomUUID(), part: 0, last: true },
        members: [outcome(1), outcome(2, { state: 'failed', code: 'ObjectNotFound' })],
      });
    }
    await status.publish(TOPICS.collection, collectionEvent('ABC00014', lastCollection));
    // what is history does not come back: the last full run, and when things happened
    const times = [
      'time',
      ...Object.keys((before as object[])[0] ?? {}).filter((name) => /^lastFull|Time$/.test(name)),
    ];
    expect(without(await rows(), times)).toEqual(without(before, times));
    const membersAfter = await status.request('GET', `/targets/${targetId(1)}/members`);
    expect(without(membersAfter.body['items'], times)).toEqual(without(membersBefore.body['items'], times));
  });

  it('is not Success because of a report of a ledger that has merged nothing yet', async () => {
    const { body: mapping } = await status.request('POST', '/mappings', {
      tenantId: TENANT,
      groupId: groupId(3),
      groupName: 'New',
      collectionId: 'ABC00014',
      preflight: 'skip',
    });
    await status.publish(TOPICS.membershipResult, {
      target: targetId(3),
      collection: 'ABC00014',
      activated: mapping['activated'] as number,
      merged: 0,
      sequence: 1,
      previous: 0,
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
      members: [],
    });
    const { body } = await status.request<{ row: Record<string, unknown> }>('GET', `/targets/${targetId(3)}`);
    expect(body.row).toMatchObject({ cloudSyncStatus: 'In Progress', syncCompleted: 0 });
  });

  it('says what the writer cannot do beside runs, until that works again', async () => {
    const { body: mapping } = await status.request('POST', '/mappings', {
      tenantId: TENANT,
      groupId: groupId(4),
      groupName: 'Put off',
      collectionId: 'ABC00014',
      preflight: 'skip',
    });
    const target = targetId(4);
    const common = { target, collection: 'ABC00014', activated: mapping['activated'] as number, producer: 'writer' };
    const report = (event: object, sequence: number) =>
      status.publish(TOPICS.run, { ...common, at: '2026-01-01T00:00:00.000Z', sequence, ...event } as EventInput<
        typeof TOPICS.run
      >);
    const shown = async () => {
      const { body } = await status.request<{ row: object; groupProblem: object | null }>('GET', `/targets/${target}`);
      return { ...body.row, groupProblem: body.groupProblem };
    };
    const failure = { code: 'INTERNAL', message: 'Content could not be merged: a defect', advice: 'Report it.' };
    await report({ event: 'work-failed', work: 'merge', ...failure }, 1);
    expect(await shown()).toMatchObject({ cloudSyncStatus: 'Failed', groupProblem: failure });
    await report({ event: 'work-resumed', work: 'plans' }, 2);
    expect(await shown()).toMatchObject({ groupProblem: failure });
    await report({ event: 'work-resumed', work: 'merge' }, 3);
    expect(await shown()).toMatchObject({ cloudSyncStatus: 'In Progress', groupProblem: null });
  });

  const lastCollection = { sequence: Date.now() + 1_000 };

  /** The targets that a report is asked for, as the upkeep does on its own. */
  const askAll = async (): Promise<string[]> => {
    const codes = await Promise.all([1, 2].map((n) => status.request('POST', `/targets/${targetId(n)}/report`)));
    expect(codes.map(({ status: code }) => code)).toEqual([202, 202]);
    const sent = await status.outgoing(TOPICS.command);
    return sent
      .filter(({ kind }) => kind === 'report')
      .map(({ target }) => target)
      .toSorted();
  };
});

const without = (rows: unknown, fields: readonly string[]): unknown =>
  (rows as Record<string, unknown>[]).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name))),
  );
