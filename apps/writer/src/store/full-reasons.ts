import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';

/** Asks for a full run. False when this target has run full for that reason, or is doing so. */
export const requestFull = async (tx: Tx, target: number, reason: string): Promise<boolean> =>
  (
    await onlyRow(
      tx.query<{ asked: boolean }>(
        `insert into full_reason as f (target, reason) values ($1, $2)
       on conflict (target, reason) do update set reason = f.reason returning f.run is null and f.done_at is null as asked`,
        [target, reason],
      ),
    )
  ).asked;

/** A full run takes up every reason that was asked for. */
export const takeReasons = (tx: Tx, target: number, run: string): Promise<number> =>
  tx.execute(`update full_reason set run = $2 where target = $1 and done_at is null`, [target, run]);

export const finishReasons = (tx: Tx, run: string): Promise<number> =>
  tx.execute(`update full_reason set done_at = clock_timestamp() where run = $1 and done_at is null`, [run]);

/** The run did not come to its end: they are asked for still. */
export const returnReasons = (tx: Tx, run: string): Promise<number> =>
  tx.execute(`update full_reason set run = null where run = $1 and done_at is null`, [run]);

/** A stop forgets what was asked for. */
export const forgetReasons = (tx: Tx, target: number): Promise<number> =>
  tx.execute(`delete from full_reason where target = $1 and done_at is null`, [target]);

/** The full run that this reason asks for is to list the group. */
export const requestListing = (tx: Tx, target: string, reason: string): Promise<number> =>
  tx.execute(
    `insert into asked_listing (target, reason) select id, $2 from target where target = $1 on conflict do nothing`,
    [target, reason],
  );

export const isListingRequested = async (db: Queryable, target: number, run: string): Promise<boolean> =>
  (
    await db.query(
      `select from asked_listing a join full_reason f on f.target = a.target and f.reason = a.reason where a.target = $1 and f.run = $2`,
      [target, run],
    )
  ).length > 0;

export const dropOldListingRequests = (db: Queryable): Promise<number> =>
  db.execute(`delete from asked_listing where asked_at < (select clock_timestamp()) - interval '30 days'`);

export const dropOldReasons = (db: Queryable): Promise<number> =>
  db.execute(`delete from full_reason where done_at < (select clock_timestamp()) - interval '30 days'`);
