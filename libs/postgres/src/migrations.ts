import { readdir, readFile } from 'node:fs/promises';

export interface Migration {
  readonly id: number;
  readonly name: string;
  /** an older binary must not run on a database that has it */
  readonly breaking: boolean;
  readonly sql: string;
}

/** What every schema has. */
const BASE_MIGRATION: Migration = {
  id: 0,
  name: '000-base',
  breaking: false,
  sql: `
    create table outbox (
      id bigint generated always as identity primary key,
      topic text not null,
      key text not null,
      headers jsonb not null,
      value text not null,
      created_at timestamptz not null default now()
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
    create function next_version(previous bigint) returns bigint language sql volatile as $$
      select greatest(previous + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint)
    $$;`,
};

const FILE_NAME = /^(\d{3})-[a-z0-9-]+\.sql$/;

/** The numbered files of a folder, in order; `-- breaking` as first line marks one that older versions cannot live with. */
export const readMigrations = async (folder: URL): Promise<Migration[]> => {
  const base = new URL(folder.href.endsWith('/') ? folder.href : `${folder.href}/`);
  const names = (await readdir(base)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    names.map(async (file): Promise<Migration> => {
      const id = Number(FILE_NAME.exec(file)?.[1] ?? 0);
      if (id === 0) throw new Error(`migration ${file}: the name must be 001-what-it-does.sql, numbered from 001`);
      const sql = await readFile(new URL(file, base), 'utf8');
      return { id, name: file.slice(0, -'.sql'.length), breaking: /^--\s*breaking\b/.test(sql), sql };
    }),
  );
  migrations.forEach((migration, index) => {
    if (migration.id === migrations[index - 1]?.id)
      throw new Error(`two migrations have the number of ${migration.name}`);
  });
  return [BASE_MIGRATION, ...migrations];
};
