import type { Metrics } from '@collection-sync/platform';
import type { Queryable } from '@collection-sync/postgres';

/** Collections that somebody synchronises, by what the site shows of them. */
export const watchCollections = (metrics: Metrics, db: Queryable): void => {
  metrics.sampled(
    'capture_mapped_collections',
    'Collections that are synchronised to a group, by state: ok, incomplete, missing.',
    ['state'],
    async (tell) => {
      const rows = await db.query<{ state: string; collections: number }>(
        `select s.state, count(c.id) as collections from unnest(array['ok', 'incomplete', 'missing']) as s (state)
         left join collection c on c.state = s.state
           and exists (select from target t where t.collection = c.id and t.state in ('active', 'paused'))
         group by s.state`,
      );
      for (const { state, collections } of rows) tell(collections, { state });
    },
  );
};
