import type { GuardInput, MemberOutcome } from '@collection-sync/core';
import { onlyRow, type Tx } from '@collection-sync/postgres';
import { perhapsThere, removalUnderWay, unapprovedRemoval } from './entry-states.js';
import { DEPARTED } from './plans.js';

export interface PreviewCounts {
  add: number;
  remove: number;
  keep: number;
  unresolved: number;
}

/**
 * The staged transfer, now in `incoming`, against a listing. Who would join, who has no object and who would leave are put into their order
 * once, for pages by key.
 */
export const comparePreview = async (tx: Tx, listing: string): Promise<PreviewCounts> => {
  await tx.query(`
    create temp table if not exists compared (position bigint generated always as identity primary key, resource bigint, object uuid,
      name text not null, wanted boolean not null, code text) on commit delete rows;
    analyze incoming;
    insert into touched (object) select distinct object from incoming where object is not null`);
  await tx.query(
    `insert into touched (object) select distinct p.object from incoming i cross join lateral unnest(i.candidates) as c (object)
     join page p on p.run = $1 and p.object = c.object on conflict do nothing`,
    [listing],
  );
  await tx.query(`analyze touched`);
  await tx.query(
    `insert into compared (resource, object, name, wanted, code)
     select i.resource, i.object, i.name, true, case when i.object is null then coalesce(i.reason, 'NoEntraRecord') end
     from incoming i left join lateral (select object from page k where k.run = $1 and k.object = i.object limit 1) p on true
     where p.object is null order by i.resource`,
    [listing],
  );
  await tx.query(
    `insert into compared (object, name, wanted)
     select p.object, coalesce(p.name, ''), false
     from page p left join lateral (select object from touched k where k.object = p.object limit 1) t on true
     where p.run = $1 and t.object is null order by p.object`,
    [listing],
  );
  await tx.query(`analyze compared`);
  return onlyRow(
    tx.query<PreviewCounts>(
      `with wanted as (
       select count(*) as every, count(p.object) as there from touched t
       left join lateral (select object from page k where k.run = $1 and k.object = t.object limit 1) p on true)
     select w.every - w.there as add, w.there as keep,
       (select count(*) from compared where not wanted) as remove,
       (select count(*) from compared where code is not null) as unresolved
     from wanted w`,
      [listing],
    ),
  );
};

/**
 * What the guard would judge a full run by, after a comparison in this transaction. A removal that is pending already is none of those that the
 * run would make, nor is it pending any more where the content wants its object again.
 */
export const countPreviewRemovals = (tx: Tx, target: number, listing: string): Promise<GuardInput> =>
  onlyRow(
    tx.query<GuardInput>(
      `with ${DEPARTED}, unwanted as (
         select e.*, d.object is not null as departed, t.object is not null as wanted_again
         from entry e
         left join departed d on d.object = e.object
         left join lateral (select object from touched k where k.object = e.object limit 1) t on true
         where e.target = $1 and (not e.wanted or e.delete_unanswered)
       ), listed as (
         select p.object, t.object is not null as wanted, e.removing, coalesce(e.delete_unanswered, false) as leaving
         from page p
         left join lateral (select object from touched k where k.object = p.object limit 1) t on true
         left join lateral (
           select not u.wanted and ${perhapsThere('u')} and u.plan is null as removing, u.delete_unanswered
           from entry u where u.target = $1 and u.object = p.object limit 1) e on true
         where p.run = $2
       )
       select
         (select count(*) from listed where not wanted and removing is not true) as removals,
         (select count(*) from unwanted u where ${unapprovedRemoval('u')} and (u.applied or not u.departed)
            and (not u.wanted_again or ${removalUnderWay('u')})) as pending,
         (select coalesce(sum(unapproved), 0)::bigint from departed) as left,
         (select count(*) from listed) + (select count(*) from departed d
            where not exists (select 1 from page p where p.run = $2 and p.object = d.object)) as size,
         (select count(*) from unwanted u where not u.wanted and not u.wanted_again and not u.applied and u.unconfirmed and not u.departed
            and not exists (select 1 from page p where p.run = $2 and p.object = u.object)) as perhaps,
         (select count(*) from listed where wanted and not leaving) as staying`,
      [target, listing],
    ),
  );

interface PreviewRow {
  resource: number | null;
  object: string | null;
  name: string;
  wanted: boolean;
  code: string | null;
  position: number;
  at: Date;
}

/** The next page of what was compared in this transaction. */
export const previewMembers = async (
  tx: Tx,
  after: number,
  limit: number,
): Promise<{ outcome: MemberOutcome; position: number }[]> =>
  (
    await tx.query<PreviewRow>(
      `select *, clock_timestamp() as at from compared where position > $1 order by position limit $2`,
      [after, limit],
    )
  ).map(({ position, ...row }) => ({
    position,
    outcome: {
      resource: row.resource,
      object: row.object,
      name: row.name,
      state: row.code === null ? 'pending' : 'failed',
      wanted: row.wanted,
      ...(row.code === null ? {} : { code: row.code as MemberOutcome['code'] }),
      attempts: 0,
      at: row.at.toISOString(),
    },
  }));
