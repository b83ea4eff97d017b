import { freshDatabase } from '@collection-sync/testing';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Database } from './database.js';
import { migrate } from './migrate.js';

let url: string;
let schemas = 0;
const open: Database[] = [];

const databaseOn = (schema: string): Database => {
  const database = new Database({ url, schema, application: `migrate ${schema}`, max: 1 });
  open.push(database);
  return database;
};
const freshSchema = () => `service_${(schemas += 1)}`;

const folderWith = async (files: Record<string, string>): Promise<URL> => {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return pathToFileURL(`${folder}/`);
};

const FIRST = { '001-things.sql': 'create table thing (id bigint primary key);\ninsert into thing values (1);' };
const SECOND = { ...FIRST, '002-names.sql': 'alter table thing add column name text;' };
const BREAKING = { ...SECOND, '003-only-names.sql': '-- breaking\nalter table thing drop column id;' };

beforeAll(async () => {
  url = await freshDatabase();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()));
});

describe('migrate', () => {
  it('creates the schema, the outbox and next_version, and runs each file once', async () => {
    const database = databaseOn(freshSchema());
    const folder = await folderWith(SECOND);
    await migrate(database, folder);
    await migrate(database, folder);
    expect(await database.query('select id, name from thing')).toEqual([{ id: 1, name: null }]);
    expect(await database.query('select id, name, breaking from migration order by id')).toEqual([
      { id: 0, name: '000-base', breaking: false },
      { id: 1, name: '001-things', breaking: false },
      { id: 2, name: '002-names', breaking: false },
    ]);
    expect(await database.query('select count(*) as n from outbox')).toEqual([{ n: 0 }]);
  });

  it('is safe when 20 processes start at once', async () => {
    const schema = freshSchema();
    const folder = await folderWith({ ...FIRST, '002-slow.sql': 'select pg_sleep(0.2); create table slow (id int);' });
    const starters = Array.from({ length: 20 }, () => databaseOn(schema));
    await Promise.all(starters.map((database) => migrate(database, folder)));
    expect(await starters[0]?.query('select count(*) as n from thing')).toEqual([{ n: 1 }]);
    expect(await starters[0]?.query('select count(*) as n from migration')).toEqual([{ n: 3 }]);
  });

  it('lets an older version start on a newer database that it can live with', async () => {
    const database = databaseOn(freshSchema());
    await migrate(database, await folderWith(SECOND));
    await migrate(database, await folderWith(FIRST));
  });

  it('refuses an older version on a database with a newer breaking change', async () => {
    const database = databaseOn(freshSchema());
    await migrate(database, await folderWith(BREAKING));
    await expect(migrate(database, await folderWith(SECOND))).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      retryable: false,
      message: expect.stringContaining('003-only-names') as string,
    });
  });

  it('refuses a database whose migration of that number was another one', async () => {
    const database = databaseOn(freshSchema());
    await migrate(database, await folderWith(FIRST));
    await expect(migrate(database, await folderWith({ '001-other.sql': 'select 1' }))).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
    });
  });

  it('undoes a file that fails, names it, and goes on from there next time', async () => {
    const database = databaseOn(freshSchema());
    const broken = { ...FIRST, '002-names.sql': 'alter table thing add column name text; select 1/0;' };
    await expect(migrate(database, await folderWith(broken))).rejects.toThrow(
      'migration 002-names failed: division by zero',
    );
    expect(await database.query('select * from thing')).toEqual([{ id: 1 }]);
    await migrate(database, await folderWith(SECOND));
    expect(await database.query('select * from thing')).toEqual([{ id: 1, name: null }]);
  });

  it('refuses files without a number, and two with the same', async () => {
    const database = databaseOn(freshSchema());
    await expect(migrate(database, await folderWith({ 'things.sql': '' }))).rejects.toThrow('001-what-it-does.sql');
    await expect(migrate(database, await folderWith({ '001-a.sql': '', '001-b.sql': '' }))).rejects.toThrow('001-b');
  });

  it('is DATABASE_UNAVAILABLE when nobody answers, so that a service waits', async () => {
    const nowhere = new Database({ url: 'postgresql://me@127.0.0.1:1/x', schema: 'x', application: 'x' });
    open.push(nowhere);
    await expect(migrate(nowhere, await folderWith(FIRST))).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});

describe('next_version', () => {
  it('is the clock in milliseconds, or one more than the previous', async () => {
    const database = databaseOn(freshSchema());
    await migrate(database, await folderWith({}));
    const next = async (previous: number) =>
      (
        await database.query<{ v: number; now: number }>(
          'select next_version($1) as v, (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
          [previous],
        )
      )[0] as { v: number; now: number };
    const fromZero = await next(0);
    expect(Math.abs(fromZero.v - fromZero.now)).toBeLessThan(1_000);
    const future = Date.now() + 86_400_000;
    expect((await next(future)).v).toBe(future + 1);
  });
});
