import type { Tx } from '@collection-sync/postgres';

export interface FinishedTarget {
  readonly target: string;
  readonly activated: number;
  /** what was owed when the sending was planned */
  readonly owed: number;
  readonly complete: boolean;
  readonly full: boolean;
}

/** The published version never goes back; the tombstones up to it are dropped. The caller holds the collection's row. */
export const advancePublished = async (tx: Tx, collection: string, to: number): Promise<void> => {
  await tx.query('update collection set published = greatest(published, $2) where id = $1', [collection, to]);
  await tx.query(
    `delete from membership where collection = $1 and not present
       and version <= (select published from collection where id = $1)`,
    [collection],
  );
};

/**
 * Notes for a target that its content is out. The clock of the missing answer starts with the first delta that is not answered, and anew
 * with each complete.
 */
export const noteSent = async (tx: Tx, to: number, sent: FinishedTarget): Promise<void> => {
  await tx.query(
    `update target set sent = greatest(sent, $3),
       served = case when $5 then greatest(served, $4) else served end,
       full_sent = case when $5 then $6 else full_sent end,
       last_complete_at = case when $5 then clock_timestamp() else last_complete_at end,
       behind_since = case when merged >= greatest(sent, $3) and not (full_reason is not null and $6) then null
         when $5 then clock_timestamp() else coalesce(behind_since, clock_timestamp()) end
     where target = $1 and activated = $2`,
    [sent.target, sent.activated, to, sent.owed, sent.complete, sent.full],
  );
};
