import { AppError } from '@collection-sync/core';
import type { Database } from './database.js';
import { readMigrations, type Migration } from './migrations.js';
import type { Queryable } from './queryable.js';

interface Applied {
  id: number;
  name: string;
  breaking: boolean;
}

/**
 * Brings the schema of a database up to date: the files of a folder (`001-name.sql`, …) that it does not have yet, each in one
 * transaction, under an advisory lock, so that any number of processes may start at once. Also creates the outbox and next_version().
 * Rejects with DATABASE_TOO_NEW when a newer version has made a breaking change, DATABASE_UNAVAILABLE when the server is away.
 */
export const migrate = async (database: Database, folder: URL): Promise<void> => {
  const known = await readMigrations(folder);
  await database.session(async (session) => {
    await session.query('set statement_timeout = 0');
    await session.query('select pg_advisory_lock(hashtextextended($1, 0))', [`migrate ${database.schema}`]);
    const applied = await appliedMigrations(session, database.schema);
    refuseStrangers(known, applied);
    const present = new Set(applied.map(({ id }) => id));
    for (const migration of known) if (!present.has(migration.id)) await apply(session, migration);
  });
};

const appliedMigrations = async (session: Queryable, schema: string): Promise<Applied[]> => {
  const [found] = await session.query('select 1 from pg_namespace where nspname = $1', [schema]);
  if (!found) await session.query(`create schema ${schema}`);
  const [table] = await session.query<{ name: string | null }>(`select to_regclass('migration')::text as name`);
  if (!table?.name) {
    await session.query(`create table migration (
      id integer primary key, name text not null, breaking boolean not null, applied_at timestamptz not null default now())`);
  }
  return session.query<Applied>('select id, name, breaking from migration order by id');
};

const refuseStrangers = (known: readonly Migration[], applied: readonly Applied[]): void => {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  for (const { id, name, breaking } of applied) {
    if (names.get(id) === name) continue;
    if (breaking || names.has(id)) {
      throw new AppError(
        'DATABASE_TOO_NEW',
        `The database has the migration ${name}, which this version does not know.`,
      );
    }
  }
};

const apply = async (session: Queryable, { id, name, breaking, sql }: Migration): Promise<void> => {
  await session.query('begin');
  try {
    await session.query(sql);
    await session.query('insert into migration (id, name, breaking) values ($1, $2, $3)', [id, name, breaking]);
    await session.query('commit');
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    if (error instanceof AppError) throw error;
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};
