import type { Database, Tx } from '@collection-sync/postgres';

/** Counts the rows that transactions read from tables of the schema and from temporary ones, as PostgreSQL counts them: it is the same on a busy machine. */
export class RowCounter {
  read = 0;

  database(real: Database): Database {
    return new Proxy(real, {
      get: (target, name) => {
        if (name === 'transaction') return <T>(work: (tx: Tx) => Promise<T>) => this.#counted(target, work);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(target) : value;
      },
    });
  }

  #counted<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
    return database.transaction(async (tx) => {
      const before = await rowsRead(tx);
      const result = await work(tx);
      this.read += (await rowsRead(tx)) - before;
      return result;
    });
  }
}

/** Rows that the transaction has read so far. */
export const rowsRead = async (tx: Tx): Promise<number> => {
  const [row] = await tx.query<{ read: number }>(
    `select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint as read from pg_stat_xact_user_tables
     where schemaname = current_schema() or schemaname like 'pg\\_temp%'`,
  );
  if (!row) throw new Error('PostgreSQL does not count');
  return row.read;
};
