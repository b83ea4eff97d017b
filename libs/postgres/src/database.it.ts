import { deepStrictEqual } from 'node:assert';
import { AppError } from '@collection-sync/core';
import { eventually, freshDatabase } from '@collection-sync/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from './database.js';

let url: string;
let database: Database;
let admin: Database;

const backends = (pattern: string) =>
  admin.query<{ pid: number }>('select pid from pg_stat_activity where application_name like $1', [pattern]);
const cut = (pattern: string) =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1', [pattern]);

beforeAll(async () => {
  url = await freshDatabase();
  admin = new Database({ url, schema: 'public', application: 'admin' });
  database = new Database({ url, schema: 'things', application: 'things' });
  await admin.query('create schema things');
  await database.query(
    'create table thing (id bigint primary key, name text, body jsonb, at timestamptz, yes boolean, share float8)',
  );
});

afterAll(async () => {
  await database.close();
  await admin.close();
});

describe('values', () => {
  it('reads int8 as number, jsonb parsed and timestamptz as Date', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z');
    const rows = await database.query(`select $1::bigint as id, $2::jsonb as body, $3::timestamptz as at`, [
      4_503_599_627_370_497,
      JSON.stringify([1, { a: null }]),
      at,
    ]);
    expect(rows).toEqual([{ id: 4_503_599_627_370_497, body: [1, { a: null }], at }]);
  });

  it('counts the rows that a statement touched', async () => {
    await database.query('insert into thing (id) select generate_series(-5, -1)');
    expect(await database.execute('delete from thing where id < 0')).toBe(5);
  });

  it('plans a statement for one process, however large its table', async () => {
    await database.query('create table large as select n from generate_series(1, 500000) n');
    await database.query('analyze large');
    const [plan] = await database.query('explain (format json) select count(*) from large where n % 7 = 0');
    expect(JSON.stringify(plan)).not.toMatch(/Gather/);
  });

  it('keeps an error that is neither an outage nor a conflict', async () => {
    await expect(database.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
  });

  it('copies odd values in as they are', async () => {
    const odd = [
      '',
      '\\N',
      '\\.',
      'tab\tnew\nline\rback\\slash',
      '"quoted"',
      'naïve 日本 🎉',
      'null',
      "'; drop table thing; --",
    ];
    const count = await database.transaction((tx) =>
      tx.copyIn(
        'thing',
        ['id', 'name', 'body', 'at', 'yes', 'share'],
        odd.map((name, id) => [id, name, { name, list: ['\t', null] }, new Date(id), id % 2 === 0, id / 3]),
      ),
    );
    expect(count).toBe(odd.length);
    const rows = await database.query('select id, name, body, at, yes, share from thing order by id');
    expect(rows).toEqual(
      odd.map((name, id) => ({
        id,
        name,
        body: { name, list: ['\t', null] },
        at: new Date(id),
        yes: id % 2 === 0,
        share: id / 3,
      })),
    );
  });

  it('copies nulls, and replaces what PostgreSQL cannot store', async () => {
    await database.transaction(async (tx) => {
      await tx.copyIn(
        'thing',
        ['id', 'name', 'body'],
        [
          [100, null, null],
          [101, undefined, { name: 'half \uD83C and \0' }],
          [102n, 'half \uD83C and \0', ['a']],
        ],
      );
    });
    expect(await database.query('select id, name, body from thing where id >= 100 order by id')).toEqual([
      { id: 100, name: null, body: null },
      { id: 101, name: null, body: { name: 'half \uFFFD and \uFFFD' } },
      { id: 102, name: 'half \uFFFD and \uFFFD', body: ['a'] },
    ]);
  });

  it('copies any text and any JSON in as they are', async () => {
    const storable = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD');
    await database.query('create table sample (id bigint, name text, body jsonb)');
    const sample = fc.record({ name: fc.string({ unit: 'binary' }), body: fc.jsonValue() });
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { maxLength: 300, size: 'max' }), async (samples) => {
        await database.query('truncate sample');
        const rows = samples.map(({ name, body }, id) => [id, name, { body }]);
        await database.transaction((tx) => tx.copyIn('sample', ['id', 'name', 'body'], rows));
        const expected = samples.map(({ name, body }) => ({ name: storable(name), body: { body } }));
        const stored = await database.query('select name, body from sample order by id');
        deepStrictEqual(stored, JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns: 20 },
    );
  });

  it('fails a copy with the error of its source, and writes none of it', async () => {
    async function* broken() {
      yield [200, 'first'];
      throw new AppError('SOURCE_UNAVAILABLE', 'page 2 did not come');
    }
    await expect(database.transaction((tx) => tx.copyIn('thing', ['id', 'name'], broken()))).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
    expect(await database.query('select 1 from thing where id = 200')).toEqual([]);
    await database.ping();
  });

  it('fails a copy with the error of the server', async () => {
    const rows = [
      [300, 'one'],
      [300, 'again'],
    ];
    await expect(database.transaction((tx) => tx.copyIn('thing', ['id', 'name'], rows))).rejects.toMatchObject({
      code: '23505',
    });
  });
});

describe('transaction', () => {
  it('is undone whole, and runs no afterCommit, when its work fails', async () => {
    let committed = false;
    const failing = database.transaction(async (tx) => {
      tx.afterCommit(() => (committed = true));
      await tx.query(`insert into thing (id) values (1000)`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(committed).toBe(false);
    expect(await database.query('select 1 from thing where id = 1000')).toEqual([]);
  });

  it('does not pretend to have committed when its work ignores a failed statement', async () => {
    const careless = database.transaction(async (tx) => {
      await tx.query('insert into thing (id) values (1001)');
      await tx.query('select 1/0').catch(() => undefined);
    });
    await expect(careless).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('is repeated after a deadlock until both sides are done', async () => {
    await database.query(
      `insert into thing (id, share) values (1, 0), (2, 0) on conflict (id) do update set share = 0`,
    );
    let attempts = 0;
    const gate = { arrived: 0, open: Promise.withResolvers<void>() };
    const add = (first: number, second: number) =>
      database.transaction(async (tx) => {
        attempts += 1;
        await tx.query('update thing set share = share + 1 where id = $1', [first]);
        gate.arrived += 1;
        if (gate.arrived === 2) gate.open.resolve();
        await gate.open.promise;
        await tx.query('update thing set share = share + 1 where id = $1', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await database.query('select share from thing where id in (1, 2)')).toEqual([{ share: 2 }, { share: 2 }]);
  });

  it('gives up after five serialization failures', async () => {
    let attempts = 0;
    const hopeless = database.transaction(async (tx) => {
      attempts += 1;
      await tx.query(`do $$ begin raise exception 'no order' using errcode = '40001'; end $$`);
    });
    await expect(hopeless).rejects.toMatchObject({ code: 'DATABASE_CONFLICT', retryable: true });
    expect(attempts).toBe(5);
  });
});

describe('a lost connection', () => {
  it('fails the transaction under way as DATABASE_UNAVAILABLE, and the pool goes on', async () => {
    const hit = database.transaction(async (tx) => {
      await tx.query('insert into thing (id) values (2000)');
      await cut('things');
      await tx.query('select 1');
    });
    await expect(hit).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    await eventually(() => database.query('select 1'), { what: 'the pool to replace its other connections' });
    expect(await database.query('select 1 from thing where id = 2000')).toEqual([]);
  });

  it('while idle in the pool is not noticed by anybody', async () => {
    await Promise.all(Array.from({ length: 5 }, () => database.query('select pg_sleep(0.05)')));
    await cut('things');
    await eventually(() => database.query('select 1'), {
      what: 'the pool to replace its connections',
    });
  });

  it('in the middle of a statement or a copy is DATABASE_UNAVAILABLE', async () => {
    const own = new Database({ url, schema: 'things', application: 'victim' });
    async function* endless() {
      for (let id = 10_000; ; id += 1) {
        if (id === 50_000) await cut('victim');
        yield [id, 'x'.repeat(100)];
      }
    }
    const sleeping = own.query('select pg_sleep(30)');
    const failure = expect(sleeping).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await eventually(async () => (await backends('victim')).length === 1, { what: 'the statement to run' });
    await cut('victim');
    await failure;
    await expect(own.transaction((tx) => tx.copyIn('thing', ['id', 'name'], endless()))).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await own.ping();
    await own.close();
  });

  it('nobody there at all is DATABASE_UNAVAILABLE with the reason, without the password', async () => {
    const nowhere = new Database({ url: 'postgresql://me:s3cret@127.0.0.1:1/x', schema: 'things', application: 'x' });
    const error = await nowhere.ping().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(String(error)).toContain('ECONNREFUSED');
    expect(String(error)).not.toContain('s3cret');
    await nowhere.close();
  });

  it('a statement that takes too long is cancelled', async () => {
    const hasty = new Database({ url, schema: 'things', application: 'hasty', statementTimeoutMs: 100 });
    await expect(hasty.query('select pg_sleep(5)')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await hasty.close();
  });
});

describe('session and listen', () => {
  it('frees its advisory lock, and says so, when its connection is cut', async () => {
    const own = new Database({ url, schema: 'things', application: 'session' });
    const held = async (on: { query: Database['query'] }) =>
      (await on.query<{ held: boolean }>('select pg_try_advisory_lock(42) as held'))[0]?.held;
    await own.session(async (session) => {
      expect(await held(session)).toBe(true);
      await own.session(async (other) => expect(await held(other)).toBe(false));
      await cut('session');
      await eventually(() => session.released.aborted, { what: 'the session to notice' });
      await expect(session.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    });
    await own.session(async (next) => expect(await held(next)).toBe(true));
    await own.close();
  });

  it('listens again after its connection was cut, and wakes once for what it may have missed', async () => {
    const own = new Database({ url, schema: 'things', application: 'listener' });
    let heard = 0;
    const stop = await own.listen('news', () => (heard += 1));
    await admin.query(`select pg_notify('news', '')`);
    await eventually(() => heard === 1, { what: 'the first notification' });
    await cut('listener');
    await eventually(() => heard === 2, { what: 'the call after the reconnect' });
    await admin.query(`select pg_notify('news', '')`);
    await eventually(() => heard === 3, { what: 'the second notification' });
    await stop();
    expect(await backends('listener')).toEqual([]);
    await own.close();
  });

  it('refuses work after close, and leaves no connection behind', async () => {
    const own = new Database({ url, schema: 'things', application: 'closing' });
    await own.listen('news', () => undefined);
    await own.ping();
    await own.close();
    await own.close();
    await expect(own.ping()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await eventually(async () => (await backends('closing')).length === 0, { what: 'no connection' });
  });
});
