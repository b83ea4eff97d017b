import type { MemberOutcome } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

export interface PreviewCounts {
  add: number;
  remove: number;
  keep: number;
  unresolved: number;
}

/** The staged transfer, now in `incoming`, against the listing. */
export const comparePreview = async (tx: Tx, listing: string): Promise<PreviewCounts> =>
  (
    await tx.query<PreviewCounts>(
      `with wanted as (select distinct object from incoming where object is not null)
       select
         (select count(*) from wanted w where not exists (select 1 from page p where p.run = $1 and p.object = w.object)) as add,
         (select count(*) from page p where p.run = $1 and not exists (select 1 from wanted w where w.object = p.object)) as remove,
         (select count(*) from page p where p.run = $1 and exists (select 1 from wanted w where w.object = p.object)) as keep,
         (select count(*) from incoming where object is null) as unresolved`,
      [listing],
    )
  )[0] ?? { add: 0, remove: 0, keep: 0, unresolved: 0 };

interface PreviewRow {
  resource: number | null;
  object: string | null;
  name: string;
  wanted: boolean;
  code: string | null;
  place: number;
  at: Date;
}

/** Who would join, who has no object, who would leave: in this order. */
export const previewMembers = async (
  on: Queryable,
  listing: string,
  after: number,
  limit: number,
): Promise<{ outcome: MemberOutcome; place: number }[]> =>
  (
    await on.query<PreviewRow>(
      `select *, clock_timestamp() as at from (
         select resource, object, name, wanted, code, row_number() over (order by wanted desc, resource, object) as place from (
           select i.resource, i.object, i.name, true as wanted, case when i.object is null then coalesce(i.reason, 'NoEntraRecord') end as code
           from incoming i
           where i.object is null or not exists (select 1 from page p where p.run = $1 and p.object = i.object)
           union all
           select null, p.object, coalesce(p.name, ''), false, null from page p
           where p.run = $1 and not exists (select 1 from incoming i where i.object = p.object)
         ) as every
       ) as numbered where place > $2 order by place limit $3`,
      [listing, after, limit],
    )
  ).map(({ place, ...row }) => ({
    place,
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
