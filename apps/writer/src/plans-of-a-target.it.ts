import { randomUUID } from 'node:crypto';
import type { Tx } from '@collection-sync/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsRead } from '../test/row-counter.js';
import { Harness, startWorld } from '../test/writer-harness.js';
import { recordAnswers } from './store/answers.js';
import { selectPending, selectUnverified, START } from './store/pending.js';
import { outcomesOfObjects } from './store/outcomes.js';
import { joinRetries, joinSecondLooks } from './store/retries.js';
import { storeAbsent, storePage, storePresent } from './store/listing.js';
import { compareWithLedger, differencesOf, storeCopyAsPage, storeWords } from './store/copies.js';
import { recountDrift } from './store/drift.js';
import { openMergeTables } from './store/merging.js';
import { countRemovals } from './store/plans.js';

const MEMBERS = 20_000;
const BATCH = 100;
const LIMITS = { adds: BATCH, singles: 20, removes: 20 };
const HALF = '80000000-0000-0000-0000-000000000000';

let world: Awaited<ReturnType<typeof startWorld>>;

beforeAll(async () => {
  world = await startWorld({ devices: 1, groups: [{}] });
}, 120_000);

afterAll(async () => {
  await world?.sim.close();
});

/** One large target, all of whose members are to be added yet, and nothing of it was analysed. */
const fill = async (h: Harness, others: number): Promise<number> => {
  await h.database.query(`
    alter table member set (autovacuum_enabled = off);
    alter table entry set (autovacuum_enabled = off);
    alter table departure set (autovacuum_enabled = off);
    alter table copied_member set (autovacuum_enabled = off);
    alter table page set (autovacuum_enabled = off);
    insert into target (target, tenant, group_id, collection, collection_type, state)
      select 'tenant/' || n, 'tenant', n, 'ABC00014', 'device', 'unmapped' from generate_series(1, ${others}) n;
    update target set state = 'active';
    insert into member (target, resource, kind, name, object)
      select id, n, 'device', 'D' || n, md5(n::text)::uuid from target, generate_series(1, 20) n;
    insert into entry (target, object, wanted, applied) select target, object, true, true from member;
    ${others > 0 ? 'analyze' : ''}`);
  const [large] = await h.database.query<{ id: number }>(
    `insert into target (target, tenant, group_id, collection, collection_type, state)
     values ('tenant/large', 'tenant', 'large', 'ABC00014', 'device', 'unmapped') returning id`,
  );
  await h.database.query(`update target set state = 'active' where id = $1`, [large?.id]);
  await h.database.query(`
    insert into member (target, resource, kind, name, object)
      select ${large?.id}, n, 'device', 'D' || n, md5('large' || n)::uuid from generate_series(1, ${MEMBERS}) n;
    insert into entry (target, object, wanted, applied) select target, object, true, false from member where target = ${large?.id}`);
  return large!.id;
};

describe.each([
  ['an installation that is new', 0],
  ['an installation in use', 5_000],
])('a large target of %s', (_, others) => {
  let h: Harness;
  let target: number;

  beforeAll(async () => {
    h = await Harness.start(world.sim);
    target = await fill(h, others);
  }, 120_000);

  afterAll(async () => {
    await h?.close();
  });

  /** Rows that the work reads; what it did is undone. */
  const readsOf = async (prepare: string, work: (tx: Tx) => Promise<unknown>): Promise<number> => {
    const undo = new Error('undo');
    let read = Number.NaN;
    const done = h.database.transaction(async (tx) => {
      if (prepare) await tx.query(prepare);
      const before = await rowsRead(tx);
      await work(tx);
      read = (await rowsRead(tx)) - before;
      throw undo;
    });
    await expect(done).rejects.toBe(undo);
    return read;
  };
  const pick = (after: string) => selectPending(h.database, target, { adds: after, removes: after }, LIMITS);

  it.each([
    ['adds', '', BATCH],
    ['adds that go alone', 'update entry set max_patch_size = 1', LIMITS.singles],
    ['removals', 'update entry set wanted = false, applied = true', LIMITS.removes],
  ])('has the next %s picked by reading those of a batch', async (_what, prepare, most) => {
    for (const after of [START, HALF]) {
      const read = await readsOf(prepare && `${prepare} where target = ${target}`, (tx) =>
        selectPending(tx, target, { adds: after, removes: after }, LIMITS),
      );
      expect(read).toBe(most);
    }
  });

  it('has the next adds to verify picked by reading those', async () => {
    const read = await readsOf('', (tx) => selectUnverified(tx, target, HALF, BATCH));
    expect(read).toBe(BATCH);
  });

  it('has the answers of a batch stored by reading its entries', async () => {
    const answers = (await pick(HALF)).map(({ object }) => ({ object, added: true, verdict: 'done' }) as const);
    const { retry } = h.writer.settings;
    const read = await readsOf('', (tx) => recordAnswers(tx, target, randomUUID(), answers, retry));
    expect(read).toBeLessThanOrEqual(4 * BATCH);
  });

  it('has the outcomes of a batch told by reading its members and entries', async () => {
    const objects = (await pick(HALF)).map(({ object }) => object);
    const read = await readsOf('', async (tx) =>
      expect(await outcomesOfObjects(tx, target, objects)).toHaveLength(BATCH),
    );
    expect(read).toBeLessThanOrEqual(4 * BATCH);
  });

  it.each([
    ['retries', `retry_at = now(), failed_at = now()`, (tx: Tx) => joinRetries(tx, target, randomUUID())],
    ['second looks', `second_look_at = now(), second_look_set_at = now()`, (tx: Tx) => joinSecondLooks(tx, target)],
  ] as const)('takes up %s by reading each a few times', async (_what, due, work) => {
    const prepare = `update entry set ${due} where target = ${target} and object < '${HALF}'`;
    expect(await readsOf(prepare, work)).toBeLessThan(4 * MEMBERS);
  });

  it('has its removals counted by reading each entry and departure a few times', async () => {
    const prepare = `insert into departure (target, object, approved)
      select target, object, false from entry where target = ${target}`;
    expect(await readsOf(prepare, (tx) => countRemovals(tx, target))).toBeLessThan(5 * MEMBERS);
  });

  it('is compared with its copy, and what others changed counted, by reading each member a few times', async () => {
    const run = randomUUID();
    const prepare = `
      insert into group_feed (tenant, passing, as_of) values ('tenant', false, now());
      insert into group_copy (target, feed, state) select ${target}, id, 'reading' from group_feed;
      update group_copy set state = 'ready';
      insert into copied_member (target, object, pass) select target, object, 1 from entry where target = ${target} and object < '${HALF}'`;
    const read = await readsOf(prepare, async (tx) => {
      const known = await storeCopyAsPage(tx, target, run);
      // none of them is applied
      expect(await compareWithLedger(tx, target, run)).toEqual({ known, different: known });
      expect(await recountDrift(tx, target, 0)).toMatchObject({ unmanaged: 0, missing: 0 });
      expect(await differencesOf(tx, target, run, 0, 10)).toEqual([]);
    });
    expect(read).toBeLessThan(8 * MEMBERS);
  });

  it('has a page of a delta stored by reading the members that it names', async () => {
    const objects = (await pick(HALF)).map(({ object }) => object);
    const prepare = `
      insert into copied_member (target, object, pass) select target, object, 1 from entry`;
    const words = [
      {
        target,
        group: 'large',
        removed: false,
        unreadable: false,
        members: objects.map((object, at) => ({ object, there: at % 2 === 0 })),
      },
    ];
    expect(await readsOf(prepare, (tx) => storeWords(tx, { pass: 2 }, words))).toBeLessThanOrEqual(4 * BATCH);
  });

  it('is compared with a listing by reading each entry a few times', async () => {
    const run = randomUUID();
    const rows = await h.database.query<{ object: string }>(`select object from entry where target = ${target}`);
    const listed = rows.slice(0, MEMBERS / 2).map(({ object }) => ({ id: object }));
    const read = await readsOf('', async (tx) => {
      await openMergeTables(tx);
      await storePage(tx, run, listed);
      expect(await storePresent(tx, target, run, new Date(), 0)).toBe(MEMBERS / 2);
      expect(await storeAbsent(tx, target, run, new Date(), 0)).toBe(0);
    });
    expect(read).toBeLessThan(8 * MEMBERS);
  });
});
