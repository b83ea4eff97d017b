import type { ReadProof } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

export interface SavedRead {
  readonly collection: string;
  readonly readNo: number;
  readonly asked: number;
  readonly version: number;
  readonly proof: ReadProof;
  /** what the site said of the collection before the read; null when it showed none */
  readonly seen: {
    readonly changedAt: Date | null;
    readonly count: number | null;
    /** a change after the read would have another time */
    readonly settled: boolean;
  } | null;
  /** when to try again, if the read was not complete */
  readonly retryMs: number;
  readonly retryMaxMs: number;
}

/**
 * Keeps a read with its proof. What is not complete is tried again, later each time. What the site said is settled at the latest by a read
 * that begins more than five seconds after another has seen the same, however wrong the site's clock is.
 */
export const saveRead = async (tx: Tx, read: SavedRead): Promise<void> => {
  const complete = read.proof.verdict === 'complete';
  await tx.query(
    `update collection set committed_read = $2, version = $3, last_read = $4::jsonb, read_asked = greatest(read_asked, $5),
       seen_changed_at = case when $6 then $7::timestamptz else seen_changed_at end,
       seen_settled = case when not $6 then seen_settled
         else $12 or seen_changed_at is not distinct from $7::timestamptz
           and coalesce(seen_from not between $13::timestamptz - interval '5 s' and $13::timestamptz, true) end,
       seen_from = case when $6 and seen_changed_at is distinct from $7::timestamptz then clock_timestamp() else seen_from end,
       seen_count = case when $6 then $8::integer else seen_count end,
       complete_read = case when $9 then $2 else complete_read end,
       complete_asked = case when $9 then greatest(complete_asked, $5) else complete_asked end,
       last_complete = case when $9 then $4::jsonb else last_complete end,
       state = case when state = 'missing' then state when $9 then 'ok' else 'incomplete' end,
       attempts = case when $9 then 0 else attempts + 1 end,
       retry_at = case when $9 then null
         else clock_timestamp() + least($10 * 2 ^ least(attempts, 20), $11) * interval '1 ms' end
     where id = $1`,
    [
      read.collection,
      read.readNo,
      read.version,
      JSON.stringify(read.proof),
      read.asked,
      read.seen !== null,
      read.seen?.changedAt ?? null,
      read.seen?.count ?? null,
      complete,
      read.retryMs,
      read.retryMaxMs,
      read.seen?.settled ?? false,
      read.proof.at,
    ],
  );
};
