import type { Queryable } from '@collection-sync/postgres';
import type { Kind } from '../mirror/kinds.js';

/** From now on this kind is mirrored in this tenant. */
export const ensureFeed = (on: Queryable, tenant: string, kind: Kind): Promise<number> =>
  on.execute('insert into feed (tenant, kind) values ($1, $2) on conflict do nothing', [tenant, kind]);
