import type { Tx } from '@collection-sync/postgres';
import type { PassCounts } from '../mirror/doubt-pass.js';
import type { FeedRow } from './feed-row.js';

/** What the pass that has ended has shown. What a doubted pass did not show either is not counted as missing. */
export const countPass = async (tx: Tx, { tenant, kind, pass, ready, doubtedPass }: FeedRow): Promise<PassCounts> => {
  const [row] = await tx.query<Pick<PassCounts, 'present' | 'shown' | 'missing'>>(
    `select count(*) as present, count(*) filter (where pass = $3) as shown,
       count(*) filter (where pass < $3 and pass >= coalesce($4, 0)) as missing
     from directory_object where tenant = $1 and kind = $2 and deleted_at is null`,
    [tenant, kind, pass, doubtedPass],
  );
  if (!row) throw new Error(`the ${kind} mirror of tenant ${tenant} could not be counted`);
  return { ...row, ready, doubtedBefore: doubtedPass !== null };
};

/** Asks for everything once more. */
export const repeatPass = (tx: Tx, { tenant, kind }: FeedRow, doubt: string, againInMs: number): Promise<number> =>
  tx.execute(
    `update feed set phase = 'pass', link = null, doubted_pass = pass, doubt = $3, pass = pass + 1, done = 0,
       next_at = now() + $4 * interval '1 ms'
     where tenant = $1 and kind = $2`,
    [tenant, kind, doubt, againInMs],
  );
