import type { SiteCollection } from '@collection-sync/configmgr';
import type { Tx } from '@collection-sync/postgres';

/** Writes what a page of the listing changes; answers the ids of these collections. A missing one that shows again is asked for. */
export const saveListed = async (tx: Tx, site: string, listed: readonly SiteCollection[]): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `with given as (
       select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::timestamptz[])
         as g (id, name, type, comment, count, changed_at)
     ), differing as (
       select g.* from given g left join collection c on c.id = g.id
       where c.id is null or not c.listed or c.state = 'missing'
         or (c.site, c.name, c.type, c.comment, c.count, c.changed_at)
            is distinct from ($1, g.name, g.type, g.comment, coalesce(g.count, c.count), g.changed_at)
       order by g.id
     )
     insert into collection as c (id, site, name, type, comment, count, changed_at, listed)
     select id, $1, name, type, comment, coalesce(count, 0), changed_at, true from differing
     on conflict (id) do update set site = $1, name = excluded.name, type = excluded.type, comment = excluded.comment,
       count = excluded.count, changed_at = excluded.changed_at, listed = true, missing_listings = 0,
       asked = case when c.state = 'missing' then c.asked + 1 else c.asked end,
       retry_at = case when c.state = 'missing' then null else c.retry_at end,
       state = case when c.state <> 'missing' then c.state
         when c.last_read is null or c.last_read ->> 'verdict' = 'complete' then 'ok' else 'incomplete' end
     returning c.id`,
    [
      site,
      listed.map(({ id }) => id),
      listed.map(({ name }) => name),
      listed.map(({ type }) => type),
      listed.map(({ comment }) => comment),
      listed.map(({ count }) => count),
      listed.map(({ changedAt }) => changedAt),
    ],
  );
  return rows.map(({ id }) => id);
};
