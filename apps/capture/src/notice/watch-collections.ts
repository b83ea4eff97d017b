import type { Metrics } from '@collection-sync/platform';
import type { Queryable } from '@collection-sync/postgres';

/** Collections that somebody synchronises, by what the site shows of them. */
export const watchCollections = (metrics: Metrics, db: Queryable): void => {
  metrics.sampled(
    'capture_mapped_collections',
    'Collections that are synchronised to a group, by state: ok, incomplete, missing; failing when they cannot be served.',
    ['state'],
    async (observe) => {
      const rows = await db.query<{ state: string; collections: number }>(
        `select s.state, count(c.id) as collections from unnest(array['ok', 'incomplete', 'missing', 'failing']) as s (state)
         left join collection c on s.state = case when c.failure is null or c.state = 'missing' then c.state else 'failing' end
           and exists (select from target t where t.collection = c.id and t.state in ('active', 'paused'))
         group by s.state`,
      );
      for (const { state, collections } of rows) observe(collections, { state });
    },
  );
};
