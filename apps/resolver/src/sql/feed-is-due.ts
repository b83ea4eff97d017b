import type { Queryable } from '@collection-sync/postgres';
import type { Kind } from '../mirror/kinds.js';

/** A due time that lies further ahead than the interval was reckoned by a clock that has been set back since. */
export const feedIsDue = async (on: Queryable, tenant: string, kind: Kind): Promise<boolean> => {
  const [row] = await on.query<{ due: boolean }>(
    `select next_at <= now() or next_at > now() + interval '1 hour' as due from feed where tenant = $1 and kind = $2`,
    [tenant, kind],
  );
  return row?.due ?? false;
};
