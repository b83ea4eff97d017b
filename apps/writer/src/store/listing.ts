import type { GroupComparison } from '@collection-sync/core';
import type { ListedMember } from '@collection-sync/graph';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { isCandidate } from './candidates.js';
import { gone } from './entry-states.js';

/** One page of a listing; items may come twice. */
export const storePage = (db: Queryable, run: string, members: readonly ListedMember[]): Promise<unknown> =>
  db.query(
    `insert into page (run, object, name, object_type)
     select $1, o.object, o.name, o.object_type from unnest($2::uuid[], $3::text[], $4::text[]) as o (object, name, object_type)
     on conflict do nothing`,
    [
      run,
      members.map(({ id }) => id),
      members.map(({ displayName }) => displayName ?? null),
      members.map(({ objectType }) => objectType ?? null),
    ],
  );

/** Members that a listing shows, and those that left by our own calls so shortly before that Graph may count them still. */
export const countListed = (
  tx: Tx,
  target: number,
  run: string,
  listedFrom: Date,
  lagMs: number,
): Promise<{ listed: number; leaving: number }> =>
  onlyRow(
    tx.query(
      `select (select count(*) from page where run = $2) as listed,
         (select count(*) from entry e where e.target = $1 and ${gone('e')} and not exists (select 1 from page p where p.run = $2 and p.object = e.object)
           and e.written_at >= $3::timestamptz - make_interval(secs => $4::float8 / 1000)) as leaving`,
      [target, run, listedFrom, lagMs],
    ),
  );

/** The unmanaged members that the ledger knows to be in the group, by their type. */
export const countUnmanaged = (tx: Tx, target: number): Promise<GroupComparison['unmanaged']> =>
  tx.query(
    `select coalesce(object_type, 'directoryObject') as "objectType", count(*) as members
     from entry e where e.target = $1 and e.unmanaged and e.applied group by 1 order by 1`,
    [target],
  );

export const dropPages = (db: Queryable, run: string): Promise<number> =>
  db.execute(`delete from page where run = $1`, [run]);

/** Pages of listings that nobody will compare any more: of no run under way, no check of a copy, no claim of a preview or a comparison. */
export const dropOldPages = (db: Queryable): Promise<number> =>
  db.execute(
    `delete from page p
     where not exists (select 1 from run r where r.id = p.run and r.ended_at is null)
       and not exists (select 1 from group_copy c where c.checking = p.run)
       and not exists (select 1 from transfer x where x.claim = p.run)
       and not exists (select 1 from command c where c.claim = p.run and c.acted_at is null)`,
  );

/**
 * Objects in the group that nobody wants and no open decision or pending removal covers: unmanaged members, what came back, and what a plan kept
 * that was rejected or has expired, but not for good. Nor whom an ambiguous member may mean. What our own call removed shortly before may only be a late listing, and is not among them.
 */
export const touchUnwanted = (tx: Tx, target: number, run: string, listedFrom: Date, lagMs: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, resource, name, flip)
     select p.object, e.resource, e.name, 'unwanted'
     from page p
     left join entry e on e.target = $1 and e.object = p.object
     left join plan d on d.id = e.plan
     where p.run = $2 and not ${isCandidate('p.object')} and (
       e.object is null
       or (${gone('e')}
         and (e.written_at is null or e.written_at < $3::timestamptz - make_interval(secs => $4::float8 / 1000)))
       or (not e.wanted and d.state in ('rejected', 'expired')))`,
    [target, run, listedFrom, lagMs],
  );

/** Our own call wrote the entry shortly before the listing, which may be late: what the listing says of it is doubted. */
export const RECENT = `coalesce(e.written_at >= $3::timestamptz - make_interval(secs => $4::float8 / 1000), false)`;

/** In the group, although the ledger says not; they are touched. Late listings contradict our own calls: those are asked again, one by one. */
export const storePresent = (tx: Tx, target: number, run: string, listedFrom: Date, lagMs: number): Promise<number> =>
  tx.execute(
    `with changed as (update entry e set
       applied = not ${RECENT}, unconfirmed = e.unconfirmed or ${RECENT}, max_patch_size = case when ${RECENT} then 1 else e.max_patch_size end,
       retry_at = null, failed_in = null,
       code = case when ${RECENT} then e.code end, message = case when ${RECENT} then e.message end,
       attempts = case when ${RECENT} then e.attempts else 0 end
     where e.target = $1 and not e.applied and exists (select 1 from page p where p.run = $2 and p.object = e.object)
     returning e.object)
     insert into touched (object) select object from changed on conflict (object) do nothing`,
    [target, run, listedFrom, lagMs],
  );

/** Not in the group, although the ledger says so; they are touched, and what nobody wants leaves its plan. */
export const storeAbsent = (tx: Tx, target: number, run: string, listedFrom: Date, lagMs: number): Promise<number> =>
  tx.execute(
    `with changed as (update entry e set
       applied = ${RECENT}, unconfirmed = e.unconfirmed or ${RECENT}, max_patch_size = case when ${RECENT} then 1 else e.max_patch_size end,
       retry_at = null, failed_in = null, plan = case when ${RECENT} then e.plan end, approved = e.approved and ${RECENT}
     where e.target = $1 and e.applied and not exists (select 1 from page p where p.run = $2 and p.object = e.object)
     returning e.object)
     insert into touched (object) select object from changed on conflict (object) do nothing`,
    [target, run, listedFrom, lagMs],
  );

/** What was found unwanted becomes a removal. */
export const storeUnwanted = (tx: Tx, target: number, run: string): Promise<number> =>
  tx.execute(
    `insert into entry as e (target, object, wanted, applied, unmanaged, found_by, name, object_type)
     select $1, t.object, false, true, true, $2, p.name, p.object_type
     from touched t cross join lateral (select name, object_type from page k where k.run = $2 and k.object = t.object limit 1) p
     where t.flip = 'unwanted' order by t.object
     on conflict (target, object) do update set applied = true, object_type = coalesce(excluded.object_type, e.object_type), plan = null, approved = false, found_by = $2, attempts = 0, code = null,
       message = null, retry_at = null, failed_in = null`,
    [target, run],
  );

/** Unmanaged members that were known already are found by this run too. */
export const storeFoundAgain = (tx: Tx, target: number, run: string): Promise<number> =>
  tx.execute(
    `update entry e set found_by = $2 where e.target = $1 and e.unmanaged and e.applied and e.plan is null and e.found_by is distinct from $2`,
    [target, run],
  );
