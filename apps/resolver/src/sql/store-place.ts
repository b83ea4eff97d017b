import type { Tx } from '@collection-sync/postgres';
import type { FeedRow, Phase } from './feed-row.js';

export interface Place {
  readonly phase: Phase;
  readonly link: string;
  /** objects told by this page, and by how many the mirror has grown */
  readonly told: number;
  readonly grown: number;
}

/** Remembers where to read on; Graph has answered, so whatever failed before is over. */
export const storePlace = (tx: Tx, { tenant, kind }: FeedRow, place: Place): Promise<number> =>
  tx.execute(
    `update feed set phase = $3, link = $4, done = done + $5, objects = greatest(0, objects + $6), checked_at = now(),
       failed_since = null, code = null, reason = null
     where tenant = $1 and kind = $2`,
    [tenant, kind, place.phase, place.link, place.told, place.grown],
  );
