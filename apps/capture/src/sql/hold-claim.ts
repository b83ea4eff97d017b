import type { Database } from '@collection-sync/postgres';
import type { Claim } from './claim-collections.js';

/** A sign of life; false when the claim is another's by now. */
export const extendClaim = async (database: Database, { id, claim }: Claim): Promise<boolean> =>
  (await database.execute('update collection set claimed_at = clock_timestamp() where id = $1 and claim = $2', [
    id,
    claim,
  ])) > 0;

/** Gives a claim back; after a failure nobody takes the collection for a while, longer each time. */
export const releaseClaim = async (database: Database, { id, claim }: Claim, failed: boolean): Promise<void> => {
  await database.query(
    `update collection set claim = null, claimed_at = null, failures = case when $3 then failures + 1 else 0 end,
       hold_until = case when $3 then clock_timestamp() + least(1000 * 2 ^ least(failures, 10), 60000) * interval '1 ms' end
     where id = $1 and claim = $2`,
    [id, claim, failed],
  );
};
