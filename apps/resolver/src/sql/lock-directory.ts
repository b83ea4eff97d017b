import type { Tx } from '@collection-sync/postgres';

export interface DirectoryRow {
  readonly state: string;
  readonly since: Date;
  readonly number: number;
  readonly readyKinds: readonly string[];
  readonly code: string | null;
  readonly reason: string | null;
  /** null when it was never told */
  readonly toldMsAgo: number | null;
  /** the clock of the database */
  readonly now: Date;
}

/** Locks the tenant's row, made if need be, for the rest of the transaction. */
export const lockDirectory = async (tx: Tx, tenant: string): Promise<DirectoryRow> => {
  await tx.execute('insert into directory (tenant) values ($1) on conflict do nothing', [tenant]);
  const [row] = await tx.query<DirectoryRow>(
    `select state, since, number, ready_kinds as "readyKinds", code, reason, clock_timestamp() as now,
       (extract(epoch from clock_timestamp() - told_at) * 1000)::float8 as "toldMsAgo"
     from directory where tenant = $1 for update`,
    [tenant],
  );
  if (!row) throw new Error(`the row of tenant ${tenant} is gone`);
  return row;
};
