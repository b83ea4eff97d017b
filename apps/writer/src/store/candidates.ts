import type { Tx } from '@collection-sync/postgres';

/*
 * A candidate is an object that a member may mean, where its identity fits several. It makes no object wanted; it keeps one that is in the
 * group, or may be, from becoming unwanted.
 */

/** The object may be meant by a member. */
export const isCandidate = (object: string): string =>
  `exists (select from candidate c where c.target = $1 and c.object = ${object} limit 1)`;

/** Those of the chunks being merged replace the ones before, which part. After `noteParting`, whose rows say who wanted an object. */
export const storeCandidates = async (tx: Tx, target: number): Promise<void> => {
  await partFromCandidates(tx, target, 'incoming');
  await tx.query(
    `insert into candidate (target, resource, object)
     select distinct $1::integer, i.resource, c.object from incoming i cross join lateral unnest(i.candidates) as c (object)`,
    [target],
  );
};

/** What leaves may mean nobody any more. Before `leaving` is emptied of what has an object. */
export const dropLeavingCandidates = (tx: Tx, target: number): Promise<unknown> =>
  partFromCandidates(tx, target, 'leaving');

const partFromCandidates = (tx: Tx, target: number, members: 'incoming' | 'leaving'): Promise<unknown> =>
  tx.query(
    `with before as (
       delete from candidate where target = $1 and resource = any (array(select resource from ${members})) returning object, resource
     )
     insert into parting (target, object, resource, name)
     select distinct on (b.object) $1, b.object, b.resource, m.name
     from before b cross join lateral (select name from ${members} k where k.resource = b.resource limit 1) m
     order by b.object, b.resource
     on conflict (target, object) do nothing`,
    [target],
  );

/** Who was in the group only as a candidate and is gone now is not added again: nobody says that it is meant. */
export const unwantAbsentCandidates = (
  tx: Tx,
  target: number,
  run: string,
  listedFrom: Date,
  lagMs: number,
): Promise<number> =>
  tx.execute(
    `update entry e set wanted = false, applied = false, unconfirmed = false, plan = null, approved = false, retry_at = null, failed_in = null
     where e.target = $1 and e.wanted and ${isCandidate('e.object')}
       and not exists (select from member m where m.target = $1 and m.object = e.object limit 1)
       and not exists (select from page p where p.run = $2 and p.object = e.object limit 1)
       and (e.written_at is null or e.written_at < $3::timestamptz - make_interval(secs => $4::float8 / 1000))`,
    [target, run, listedFrom, lagMs],
  );

export const forgetCandidates = (tx: Tx, target: number): Promise<number> =>
  tx.execute('delete from candidate where target = $1', [target]);
