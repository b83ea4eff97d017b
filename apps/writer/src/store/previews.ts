import type { MemberOutcome } from '@collection-sync/core';
import { onlyRow, type Tx } from '@collection-sync/postgres';

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
    create temp table if not exists compared (place bigint generated always as identity primary key, resource bigint, object uuid,
      name text not null, wanted boolean not null, code text) on commit delete rows;
    analyze incoming;
    insert into touched (object) select distinct object from incoming where object is not null;
    analyze touched`);
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

interface PreviewRow {
  resource: number | null;
  object: string | null;
  name: string;
  wanted: boolean;
  code: string | null;
  place: number;
  at: Date;
}

/** The next page of what was compared in this transaction. */
export const previewMembers = async (
  tx: Tx,
  after: number,
  limit: number,
): Promise<{ outcome: MemberOutcome; place: number }[]> =>
  (
    await tx.query<PreviewRow>(
      `select *, clock_timestamp() as at from compared where place > $1 order by place limit $2`,
      [after, limit],
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
