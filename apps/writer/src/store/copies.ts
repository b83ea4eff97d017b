import type { GroupWord } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import type { Feed } from './feeds.js';

/**
 * The tables `group_copy` and `copied_member`: who is in a mapped group, as its feed tells. States of a copy:
 *
 *   reading  the first pass has not come to its end   → ready  finishPass, when the pass named the group
 *                                                     → lost   finishPass, when it did not; loseCopies
 *   ready    it follows the group                     → lost   loseCopies: gone, unreadable, or other than a listing; finishPass
 *   lost     nobody's                                    → reading  openFeed, after an hour
 *
 * openFeed also begins anew with a copy whose feed is put together with another one.
 */
export interface CopiedGroup {
  readonly target: number;
  readonly group: string;
}

/** The groups that a feed is to follow. */
export const copiedGroups = (db: Queryable, feed: number): Promise<CopiedGroup[]> =>
  db.query(
    `select c.target, t.group_id as "group" from group_copy c join target t on t.id = c.target
     where c.feed = $1 and c.state <> 'lost' order by t.group_id`,
    [feed],
  );

/** The copies of a feed, locked: none of them is dropped meanwhile. */
export const lockCopies = (tx: Tx, feed: number): Promise<CopiedGroup[]> =>
  tx.query(
    `select c.target, t.group_id as "group" from group_copy c join target t on t.id = c.target
     where c.feed = $1 and c.state <> 'lost' order by c.target for update of c`,
    [feed],
  );

/** What a page said of some groups: each once, and each object once. */
export const storeWords = async (
  tx: Tx,
  { pass }: Pick<Feed, 'pass'>,
  words: readonly (GroupWord & { readonly target: number })[],
): Promise<void> => {
  const rows = words.flatMap(({ target, members }) => members.map((member) => ({ ...member, target })));
  const come = rows.filter(({ there }) => there);
  const left = rows.filter(({ there }) => !there);
  await tx.execute(
    `insert into copied_member as m (target, object, object_type, pass)
     select w.target, w.object, w.object_type, $4 from unnest($1::int[], $2::uuid[], $3::text[]) as w (target, object, object_type)
     order by 1, 2
     on conflict (target, object) do update set pass = excluded.pass, object_type = coalesce(excluded.object_type, m.object_type)
     where m.pass <> excluded.pass or m.object_type is distinct from coalesce(excluded.object_type, m.object_type)`,
    [
      come.map(({ target }) => target),
      come.map(({ object }) => object),
      come.map(({ objectType }) => objectType ?? null),
      pass,
    ],
  );
  await tx.execute(
    `delete from copied_member m using unnest($1::int[], $2::uuid[]) as w (target, object)
     where m.target = w.target and m.object = w.object`,
    [left.map(({ target }) => target), left.map(({ object }) => object)],
  );
  await tx.execute(`update group_copy set named_in = $2, touched = true where target = any ($1)`, [
    words.map(({ target }) => target),
    pass,
  ]);
};

export const loseCopies = async (tx: Tx, targets: readonly number[], why: string): Promise<void> => {
  await tx.execute(
    `update group_copy set state = 'lost', lost_at = clock_timestamp(), why = $2, checking = null, doubts = '{}'
     where target = any ($1) and state <> 'lost'`,
    [targets, why],
  );
  await tx.execute(`delete from copied_member where target = any ($1)`, [targets]);
};

/** A pass replaces what it names: who was not named has left, and a group that was not named has no copy. */
export const finishPass = async (tx: Tx, { id, pass }: Feed): Promise<void> => {
  const unnamed = await tx.query<{ target: number }>(
    `select target from group_copy where feed = $1 and state <> 'lost' and named_in < $2`,
    [id, pass],
  );
  await loseCopies(
    tx,
    unnamed.map(({ target }) => target),
    'Graph does not tell of the group',
  );
  await tx.execute(
    `delete from copied_member m using group_copy c where c.feed = $1 and m.target = c.target and m.pass < $2`,
    [id, pass],
  );
  // the first checks are spread over a day
  await tx.execute(
    `update group_copy set state = 'ready', check_at = coalesce(check_at, clock_timestamp() + random() * interval '24 h')
     where feed = $1 and state <> 'lost'`,
    [id],
  );
};

export interface UsableCopy {
  readonly feed: number;
  readonly asOf: Date;
}

/** The copy of a group that follows it; undefined while there is none. */
export const usableCopy = async (db: Queryable, target: number): Promise<UsableCopy | undefined> =>
  (
    await db.query<UsableCopy>(
      `select c.feed, f.as_of as "asOf" from group_copy c join group_feed f on f.id = c.feed
       where c.target = $1 and c.state = 'ready' and not f.passing and f.as_of is not null`,
      [target],
    )
  )[0];

/** The copy as a page of a listing. */
export const storeCopyAsPage = (db: Queryable, target: number, listing: string): Promise<number> =>
  db.execute(
    `insert into page (run, object, object_type) select $2, object, object_type from copied_member where target = $1`,
    [target, listing],
  );

/** How many members a listing has, and of how many it and the ledger say different things. */
export const compareWithLedger = (
  db: Queryable,
  target: number,
  listing: string,
): Promise<{ known: number; different: number }> =>
  onlyRow(
    db.query(
      `select (select count(*) from page where run = $2) as known,
         (select count(*) from page p where p.run = $2
            and not exists (select from entry e where e.target = $1 and e.object = p.object and e.applied))
         + (select count(*) from entry e where e.target = $1 and e.applied
            and not exists (select from page p where p.run = $2 and p.object = e.object)) as different`,
      [target, listing],
    ),
  );

/** Objects of which the copy and a listing say different things, but for what our own calls wrote shortly before. */
export const differencesOf = async (
  tx: Tx,
  target: number,
  listing: string,
  lagMs: number,
  limit: number,
): Promise<string[]> =>
  (
    await tx.query<{ object: string }>(
      `select coalesce(p.object, m.object) as object
       from (select object, object_type from page where run = $2) p
       full join (select object, object_type from copied_member where target = $1) m on m.object = p.object
       where (p.object is null or m.object is null)
         and coalesce(p.object_type, m.object_type, '') <> 'servicePrincipal'
         and not exists (select from entry e where e.target = $1 and e.object = coalesce(p.object, m.object)
           and e.written_at >= clock_timestamp() - make_interval(secs => $3::float8 / 1000))
       order by 1 limit $4`,
      [target, listing, lagMs, limit],
    )
  ).map(({ object }) => object);
