import type { Tx } from '@collection-sync/postgres';

export interface DirectoryTold {
  readonly state: string;
  readonly since: Date;
  readonly readyKinds: readonly string[];
  readonly code?: string;
  readonly reason?: string;
}

/** Remembers what is told; answers the number to tell it with. */
export const storeDirectory = async (tx: Tx, tenant: string, told: DirectoryTold): Promise<number> => {
  const [row] = await tx.query<{ number: number }>(
    `update directory set state = $2, since = $3, ready_kinds = $4, code = $5, reason = $6, told_at = clock_timestamp(),
       number = next_version(number)
     where tenant = $1 returning number`,
    [tenant, told.state, told.since, told.readyKinds, told.code, told.reason],
  );
  return row?.number ?? 0;
};
