import type { Tx } from '@collection-sync/postgres';

/** The row of a tenant's budget, locked, with its next sequence; undefined when it was told less than `everyMs` ago. */
export const lockUpstream = async (
  tx: Tx,
  tenant: string,
  everyMs: number,
): Promise<{ since: Date; now: Date; sequence: number } | undefined> => {
  await ensureUpstream(tx, tenant);
  return (
    await tx.query<{ since: Date; now: Date; sequence: number }>(
      `select since, clock_timestamp() as now, next_version(sequence) as sequence from upstream
       where tenant = $1 and (published_at is null or published_at <= clock_timestamp() - make_interval(secs => $2::float8 / 1000)
         or published_at > clock_timestamp() + interval '10 s')
       for update skip locked`,
      [tenant, everyMs * 0.9],
    )
  )[0];
};

const ensureUpstream = (tx: Tx, tenant: string): Promise<unknown> =>
  tx.query(
    `insert into upstream (tenant, state, since) values ($1, 'ready', clock_timestamp()) on conflict do nothing`,
    [tenant],
  );

export const storeUpstream = (tx: Tx, tenant: string, sequence: number): Promise<unknown> =>
  tx.query(`update upstream set published_at = clock_timestamp(), sequence = $2 where tenant = $1`, [tenant, sequence]);
