import { Database } from '@collection-sync/postgres';
import type { Cluster } from './cluster.js';

interface Column {
  readonly table: string;
  readonly columns: string;
}

/** A backup of one schema, as a database administrator would take it: all tables in one snapshot. */
export class Backup {
  private constructor(
    private readonly database: Database,
    private readonly schema: string,
    private readonly tables: readonly Column[],
  ) {}

  static async take(cluster: Cluster, schema: string): Promise<Backup> {
    const database = new Database({ url: cluster.databaseUrl, schema, application: 'proof', max: 1 });
    const copy = `backup_${schema}`;
    const tables = await database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read');
      const found = await tx.query<Column>(
        `select c.table_name as table, string_agg(format('%I', c.column_name), ', ') as columns
         from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
         where c.table_schema = $1 and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' group by 1`,
        [schema],
      );
      await tx.query(`drop schema if exists ${copy} cascade`);
      await tx.query(`create schema ${copy}`);
      for (const { table, columns } of found)
        await tx.query(`create table ${copy}."${table}" as select ${columns} from ${schema}."${table}"`);
      return found;
    });
    return new Backup(database, schema, tables);
  }

  /** Everything that was stored since the backup is gone. The processes of the service must not run. */
  async restore(): Promise<void> {
    const { database, schema, tables } = this;
    await database.transaction(async (tx) => {
      await tx.query(`set local session_replication_role = replica`);
      for (const { table } of tables) await tx.query(`delete from ${schema}."${table}"`);
      for (const { table, columns } of tables)
        await tx.query(
          `insert into ${schema}."${table}" (${columns}) overriding system value select ${columns} from backup_${schema}."${table}"`,
        );
    });
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}
