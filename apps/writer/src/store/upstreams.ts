import type { Tx } from '@collection-sync/postgres';

type State = 'ready' | 'unavailable';

/**
 * The row of an account's budget, locked, with its next sequence and since when it has been in this state; undefined when the state was
 * told less than `everyMs` ago.
 */
export const lockUpstream = async (
  tx: Tx,
  account: string,
  state: State,
  everyMs: number,
): Promise<{ since: Date; now: Date; sequence: number } | undefined> => {
  await tx.query(
    `insert into upstream (tenant, state, since) values ($1, $2, clock_timestamp()) on conflict do nothing`,
    [account, state],
  );
  return (
    await tx.query<{ since: Date; now: Date; sequence: number }>(
      `select case when state = $2 then since else clock_timestamp() end as since, clock_timestamp() as now,
         next_version(sequence) as sequence
       from upstream
       where tenant = $1 and (state <> $2 or published_at is null
         or published_at <= clock_timestamp() - make_interval(secs => $3::float8 / 1000)
         or published_at > clock_timestamp() + interval '10 s')
       for update skip locked`,
      [account, state, everyMs * 0.9],
    )
  )[0];
};

export const storeUpstream = (
  tx: Tx,
  account: string,
  { state, since, sequence }: { state: State; since: Date; sequence: number },
): Promise<unknown> =>
  tx.query(
    `update upstream set published_at = clock_timestamp(), state = $2, since = $3, sequence = $4 where tenant = $1`,
    [account, state, since, sequence],
  );
