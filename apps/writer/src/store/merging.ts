import { onlyRow, type Tx } from '@collection-sync/postgres';
import { isCandidate } from './candidates.js';
import { pending, perhapsThere, unsettled } from './entry-states.js';

/*
 * Rows of one target are always looked up by their key, one for each row of the list at hand (`cross join lateral (… limit 1)`,
 * `on conflict`, arrays): statistics of a target that is just being filled say that it has no rows, and a join planned by them compares
 * every row with every other. A table that was small when it was planned for is not read from end to end for each row either.
 */

/**
 * Tables of the connection that one transaction fills and its end empties: what some chunks of a transfer name, all resources that it
 * names, what leaves by it, and the objects whose desired state changes by it, with who wanted them last.
 */
export const openMergeTables = (tx: Tx): Promise<unknown> =>
  tx.query(`
    set local enable_seqscan = off;
    set local jit = off;
    create temp table if not exists incoming
      (resource bigint primary key, kind text not null, name text not null, object uuid, reason text, candidates uuid[], appeared_at timestamptz)
      on commit delete rows;
    create temp table if not exists named (resource bigint primary key) on commit delete rows;
    create temp table if not exists leaving (resource bigint primary key, object uuid, name text) on commit delete rows;
    create temp table if not exists touched
      (object uuid primary key, resource bigint, name text, flip text) on commit delete rows`);

/** The members of chunks `from` to `to`. */
export const fillIncoming = (tx: Tx, target: string, transfer: string, from: number, to: number): Promise<number> =>
  tx.execute(
    `insert into incoming (resource, kind, name, object, reason, candidates, appeared_at)
     select distinct on (m.resource) m.resource, m.kind, m.name, m.object, m.reason, m.candidates, m."appearedAt"
     from stage_chunk c
     cross join lateral jsonb_to_recordset(c.body -> 'adds')
       as m (resource bigint, kind text, name text, object uuid, reason text, candidates uuid[], "appearedAt" timestamptz)
     where c.target = $1 and c.transfer = $2 and c.chunk between $3 and $4 order by m.resource, c.chunk desc`,
    [target, transfer, from, to],
  );

/** The planner knows nothing of a table just filled; pages of it would each sort the whole. */
export const analyzeFilled = (tx: Tx): Promise<unknown> => tx.query(`analyze incoming, leaving, touched`);

/** Objects that a member leaves by these chunks for another one; they are remembered to the end of the transfer. Before they are stored. */
export const noteParting = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into parting (target, object, resource, name)
     select distinct on (m.object) $1, m.object, m.resource, m.name
     from incoming i
     cross join lateral (select * from member k where k.target = $1 and k.resource = i.resource limit 1) m
     where m.object is not null and m.object is distinct from i.object
     order by m.object, m.resource
     on conflict (target, object) do update set resource = excluded.resource, name = excluded.name`,
    [target],
  );

export const storeMembers = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into member (target, resource, kind, name, object, reason)
     select $1, i.resource, i.kind, i.name, i.object, i.reason
     from incoming i
     left join lateral (select * from member k where k.target = $1 and k.resource = i.resource limit 1) m on true
     where m.resource is null or (m.kind, m.name, m.object, m.reason) is distinct from (i.kind, i.name, i.object, i.reason)
     on conflict (target, resource) do update
       set kind = excluded.kind, name = excluded.name, object = excluded.object, reason = excluded.reason`,
    [target],
  );

/** Objects that these chunks want and the ledger does not, however that came. Answers how many. */
export const touchWantedNow = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, flip)
     select distinct i.object, 'wanted' from incoming i
     left join lateral (select wanted from entry k where k.target = $1 and k.object = i.object limit 1) e on true
     where i.object is not null and e.wanted is not true`,
    [target],
  );

/** A delta names what leaves. */
export const fillLeavingByDelta = (tx: Tx, target: number, key: string, transfer: string): Promise<number> =>
  tx.execute(
    `insert into leaving (resource, object, name)
     select r.resource, m.object, m.name
     from (
       select distinct r.resource::bigint as resource from stage_chunk c
       cross join lateral jsonb_array_elements_text(c.body -> 'removes') as r (resource)
       where c.target = $2 and c.transfer = $3
     ) r
     left join lateral (select * from named k where k.resource = r.resource limit 1) n on true
     left join lateral (select * from member k where k.target = $1 and k.resource = r.resource limit 1) m on true
     where n.resource is null`,
    [target, key, transfer],
  );

/** Only a complete un-wants what it does not name. */
export const fillLeavingByComplete = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into leaving (resource, object, name)
     select m.resource, m.object, m.name from member m
     left join lateral (select * from named k where k.resource = m.resource limit 1) n on true
     where m.target = $1 and n.resource is null`,
    [target],
  );

/** All resources that the transfer names as members, in whatever chunk. */
export const fillNamed = (tx: Tx, key: string, transfer: string): Promise<number> =>
  tx.execute(
    `insert into named (resource)
     select distinct m.resource from stage_chunk c
     cross join lateral jsonb_to_recordset(c.body -> 'adds') as m (resource bigint)
     where c.target = $1 and c.transfer = $2`,
    [key, transfer],
  );

/** What leaves is no member any more, and its objects part. */
export const dropLeaving = async (tx: Tx, target: number): Promise<void> => {
  await tx.query(
    `insert into parting (target, object, resource, name)
     select distinct on (object) $1::integer, object, resource, name from leaving where object is not null order by object, resource
     on conflict (target, object) do update set resource = excluded.resource, name = excluded.name`,
    [target],
  );
  await tx.query(`delete from member where target = $1 and resource = any (array(select resource from leaving))`, [
    target,
  ]);
};

/** No member is it, nor may be while it is in the group. */
const NOBODY_WANTS = `not exists (select from member m where m.target = $1 and m.object = k.object limit 1)
  and not (${perhapsThere('k')} and ${isCandidate('k.object')})`;

/** Objects that parted and that no other resource wants. After the members are changed. Answers how many. */
export const touchParted = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, resource, name, flip)
     select p.object, p.resource, p.name, 'unwanted' from parting p
     cross join lateral (select object, applied, unconfirmed from entry k where k.target = $1 and k.object = p.object and k.wanted limit 1) k
     where p.target = $1 and ${NOBODY_WANTS}`,
    [target],
  );

/** The same, and every other object that the ledger wants and no resource does, however that came: a complete heals it. */
export const touchUnclaimed = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, resource, name, flip)
     select k.object, p.resource, p.name, 'unwanted' from entry k
     left join lateral (select * from parting q where q.target = $1 and q.object = k.object limit 1) p on true
     where k.target = $1 and k.wanted and ${NOBODY_WANTS}`,
    [target],
  );

export const forgetParting = (tx: Tx, target: number): Promise<number> =>
  tx.execute(`delete from parting where target = $1`, [target]);

/** What left with an object of its own is told as that object. */
export const keepLeavingWithoutObject = (tx: Tx): Promise<number> =>
  tx.execute(
    `delete from leaving where resource = any (array(select resource from touched where flip = 'unwanted' and resource is not null))`,
  );

export interface Superseded {
  /** were to be done by the run under way */
  pending: number;
  /** had failed in it */
  failed: number;
  /** were held by it */
  held: number;
}

/** What the desired states that now change were, for the account of the run under way. Before the changes are stored. */
export const countSuperseded = (tx: Tx, target: number, run: string): Promise<Superseded> =>
  onlyRow(
    tx.query<Superseded>(
      `select
         count(*) filter (where ${pending('e')}) as pending,
         count(*) filter (where e.failed_in = $2) as failed,
         count(*) filter (where p.run = $2) as held
       from touched t
       cross join lateral (select * from entry k where k.target = $1 and k.object = t.object limit 1) e
       left join plan p on p.id = e.plan
       where t.flip is not null`,
      [target, run],
    ),
  );

/**
 * Stores the desired state of what became wanted; it leaves its plan. What a call names just now may be done or undone by it, so it is asked
 * again. Answers how many are to be done.
 */
export const wantTouched = async (tx: Tx, target: number, underWay: readonly string[]): Promise<number> =>
  (
    await onlyRow(
      tx.query<{ pending: number }>(
        `with stored as (
         insert into entry as e (target, object, wanted, applied)
         select $1, object, true, false from touched where flip = 'wanted' order by object
         on conflict (target, object) do update set wanted = true, unmanaged = false, found_by = null, approved = false, plan = null,
           resource = null, name = null, attempts = 0, code = null, message = null, request_id = null, client_request_id = null, failed_at = null,
           retry_at = null, failed_in = null, unconfirmed = e.unconfirmed or e.delete_unanswered or e.object = any ($2::uuid[])
         returning ${unsettled('e')} as pending
       ) select count(*) filter (where pending) as pending from stored`,
        [target, underWay],
      ),
    )
  ).pending;

/** Stores the desired state of what became unwanted; each has its entry, which was wanted. Answers how many removals that makes. */
export const unwantTouched = async (tx: Tx, target: number, underWay: readonly string[]): Promise<number> =>
  (
    await onlyRow(
      tx.query<{ removals: number }>(
        `with stored as (
         insert into entry as e (target, object, wanted, applied, resource, name)
         select $1, object, false, false, resource, name from touched where flip = 'unwanted' order by object
         on conflict (target, object) do update set wanted = false, approved = false, plan = null, resource = excluded.resource,
           name = excluded.name, attempts = 0, code = null, message = null, request_id = null, client_request_id = null, failed_at = null, retry_at = null,
           failed_in = null, unconfirmed = e.unconfirmed or e.object = any ($2::uuid[])
         returning ${perhapsThere('e')} as removal
       ) select count(*) filter (where removal) as removals from stored`,
        [target, underWay],
      ),
    )
  ).removals;
