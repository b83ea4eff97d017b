import { PlanReader } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RowCounter } from '../test/row-counter.js';
import { Harness, objectOf, startWorld } from '../test/writer-harness.js';
import type { WriterContext } from './context.js';
import { actOnNext } from './act/act-on-next.js';
import { checkNextCopy } from './copy/check-copy.js';
import { followNext } from './copy/follow-groups.js';
import { expirePlans } from './guard/plans.js';
import { runMaintenance } from './maintenance.js';
import { adoptNext } from './adopt/adopt-mapping.js';
import { tearDownNext } from './adopt/tear-down.js';
import { mergeNext } from './merge/merge-next.js';
import { previewNext } from './preview/preview-next.js';
import { claimRun, releaseClaim } from './run/claim-run.js';
import { selectPending, START } from './store/pending.js';
import { outcomesOf, outcomesOfObjects } from './store/outcomes.js';

const TARGETS = 5_000;
const MEMBERS_EACH = 200;
/** of one target more, all to be added yet */
const PENDING = 60_000;

const LARGE = ['target', 'member', 'entry', 'run', 'full_reason', 'group_copy', 'copied_member'];

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
let reader: PlanReader;
let counter: RowCounter;
let writer: WriterContext;
let large: number;

beforeAll(async () => {
  world = await startWorld({ devices: 30, groups: [{}, {}] });
  h = await Harness.start(world.sim);
  // filled by hand
  await h.database.query('alter table target disable trigger refuse_others');
  const mapping = await h.map({ group_: 2 });
  await h.first(mapping, [1, 2, 3]);
  await h.converge();
  await h.database.query(`
    insert into target (target, tenant, group_id, collection, collection_type, state, activated, merged, complete_for)
      select 'tenant/group' || n, 'tenant', 'group' || n, 'ABC00014', 'device', 'active', 1, 1, 1 from generate_series(1, ${TARGETS}) n;
    insert into member (target, resource, kind, name, object)
      select t.id, n, 'device', 'D' || n, md5(n::text)::uuid from target t, generate_series(1, ${MEMBERS_EACH}) n where t.tenant = 'tenant';
    insert into entry (target, object, wanted, applied) select target, object, true, true from member where object not in (select object from entry);
    insert into run (id, target, epoch, kind, trigger, collection, activated, ended_at)
      select gen_random_uuid(), id, 1, 'full', 'test', 'ABC00014', 1, now() from target where tenant = 'tenant';
    insert into full_reason (target, reason, run, done_at) select target, 'activated:1', id, now() from run where trigger = 'test';
    insert into group_feed (tenant, passing, next_at) select 'tenant', false, now() + interval '1 min' from generate_series(1, 200);
    alter table group_copy disable trigger refuse_others;
    insert into group_copy (target, feed, state, check_at) select id, id % 200 + 1, 'ready', now() + interval '1 h' from target where tenant = 'tenant';
    insert into copied_member (target, object, pass) select target, object, 1 from entry;
    analyze`);
  [{ id: large } = { id: 0 }] = await h.database.query<{ id: number }>(
    `insert into target (target, tenant, group_id, collection, collection_type, state)
     values ('tenant/large', 'tenant', 'large', 'ABC00014', 'device', 'active') returning id`,
  );
  await h.database.query(`
    insert into member (target, resource, kind, name, object)
      select ${large}, n, 'device', 'D' || n, md5('large' || n)::uuid from generate_series(1, ${PENDING}) n;
    insert into entry (target, object, wanted, applied) select target, object, true, false from member where target = ${large}`);
  reader = new PlanReader();
  counter = new RowCounter();
  writer = { ...h.writer, database: reader.reading(counter.database(h.database)) };
}, 600_000);

afterAll(async () => {
  await h?.close();
  await world?.sim.close();
});

/** Rows that the work reads from tables of the schema. */
const readsOf = async (work: () => Promise<unknown>): Promise<number> => {
  counter.read = 0;
  await work();
  return counter.read;
};

it('reads no large table from end to end for what happens all the time', async () => {
  const mapping = await h.map({ group_: 1 });
  const idle = await readsOf(async () => {
    for (const kind of ['full', 'incremental'] as const) expect(await claimRun(writer, kind, [])).toBeUndefined();
    expect(await mergeNext(writer)).toBe(false);
    expect(await previewNext(writer, new AbortController().signal)).toBe(false);
    expect(await actOnNext(writer, 'others')).toBe(false);
    expect(await actOnNext(writer, 'reports')).toBe(false);
    expect(await adoptNext(writer)).toBe(false);
    expect(await tearDownNext(writer)).toBe(false);
    expect(await expirePlans(writer)).toBe(false);
    expect(await followNext(writer, 'tenant', new AbortController().signal)).toBe(false);
    expect(await checkNextCopy(writer, 'tenant', new AbortController().signal)).toBe(false);
  });
  const { to } = await h.first(mapping, [1, 2, 3]);
  const merged = await readsOf(() => mergeNext(writer));
  await h.delta(mapping, to, [4], [1]);
  const delta = await readsOf(() => mergeNext(writer));
  const claimed = await readsOf(async () => {
    const claim = await claimRun(writer, 'full', []);
    if (claim) await releaseClaim(writer, claim, 0);
  });
  await runMaintenance(writer);
  expect(reader.scansOf(LARGE)).toEqual([]);
  expect(Math.max(idle, merged, delta, claimed)).toBeLessThan(100);
});

it('picks the next batch of a run by reading that batch, however much is pending', async () => {
  const limits = { adds: 100, singles: 20, removes: 20 };
  const middle = '80000000-0000-0000-0000-000000000000';
  const pick = (after: string): Promise<number> =>
    readsOf(() =>
      writer.database.transaction((tx) => selectPending(tx, large, { adds: after, removes: after }, limits)),
    );
  expect([await pick(START), await pick(middle)]).toEqual([limits.adds, limits.adds]);
  expect(reader.scansOf(LARGE)).toEqual([]);
});

it('tells a page of the members by reading that page', async () => {
  const page = await readsOf(() =>
    writer.database.transaction((tx) =>
      outcomesOf(tx, large, 'members', { resource: PENDING / 2, object: null }, 1_000),
    ),
  );
  expect(page).toBeLessThanOrEqual(2_000);
  const few = await readsOf(() =>
    writer.database.transaction((tx) => outcomesOfObjects(tx, large, [objectOf(1), objectOf(2)])),
  );
  expect(few).toBeLessThan(10);
  expect(reader.scansOf(LARGE)).toEqual([]);
});
