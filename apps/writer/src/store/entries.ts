import { storableJson } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { gone, leftLately, member, pending, perhapsThere, removalUnderWay, unsettled } from './entry-states.js';

export interface PendingEntry {
  object: string;
  wanted: boolean;
  /** how many may go out in one PATCH */
  maxPatchSize: number;
}

export interface PendingCursor {
  adds: string;
  removes: string;
}

export const START = '00000000-0000-0000-0000-000000000000';

/** Goes alone. Asked for with `is true` and `is false`, which find it in the index `entry_pending`. */
const SINGLE = `(wanted and max_patch_size = 1)`;

/** What one batch could take: adds to bind, single adds, removals; each in order of their objects, after the cursor. */
export const selectPending = (
  db: Queryable,
  target: number,
  after: PendingCursor,
  limits: { adds: number; singles: number; removes: number },
): Promise<PendingEntry[]> =>
  db.query<PendingEntry>(
    `(select object, wanted, max_patch_size as "maxPatchSize" from entry
        where target = $1 and ${pending()} and wanted and ${SINGLE} is false and object > $2 order by object limit $4)
     union all
     (select object, wanted, max_patch_size as "maxPatchSize" from entry
        where target = $1 and ${pending()} and wanted and ${SINGLE} is true order by object limit $5)
     union all
     (select object, wanted, max_patch_size as "maxPatchSize" from entry
        where target = $1 and ${pending()} and not wanted and ${SINGLE} is false and object > $3 order by object limit $6)`,
    [target, after.adds, after.removes, limits.adds, limits.singles, limits.removes],
  );

/** Those of the objects for which something is to be sent still. */
export const selectStillPending = (
  db: Queryable,
  target: number,
  objects: readonly string[],
): Promise<PendingEntry[]> =>
  db.query<PendingEntry>(
    `select object, wanted, max_patch_size as "maxPatchSize" from entry where target = $1 and object = any ($2::uuid[]) and ${pending()} order by object`,
    [target, objects],
  );

export interface PendingCounts {
  adds: number;
  removes: number;
}

export const countPending = (db: Queryable, target: number): Promise<PendingCounts> =>
  onlyRow(
    db.query<PendingCounts>(
      `select count(*) filter (where wanted) as adds, count(*) filter (where not wanted) as removes
       from entry where target = $1 and ${pending()}`,
      [target],
    ),
  );

/** Those among the pending whose last call has no answer, or whose call is under way. */
export const countUnanswered = async (db: Queryable, target: number): Promise<number> =>
  (
    await onlyRow(
      db.query<{ count: number }>(
        `select count(*) as count from entry where target = $1 and ${pending()} and (code = 'NoAnswer' or object in (
         select o.object::uuid from call c cross join lateral jsonb_array_elements(c.operations) as p (part)
         cross join lateral jsonb_array_elements_text(p.part -> 'objects') as o (object) where c.target = $1))`,
        [target],
      ),
    )
  ).count;

interface NextTimes {
  retryInMs: number | null;
  knownInMs: number | null;
  secondLookInMs: number | null;
}

/** Milliseconds until the next retry, that of an object that is known to exist, and the next second look; null for none. */
export const nextTimes = (db: Queryable, target: number): Promise<NextTimes> =>
  onlyRow(
    db.query<NextTimes>(
      `select
         (select extract(epoch from min(retry_at) - clock_timestamp())::float8 * 1000 from entry
            where target = $1 and retry_at is not null and ${unsettled()}) as "retryInMs",
         (select extract(epoch from min(retry_at) - clock_timestamp())::float8 * 1000 from entry
            where target = $1 and retry_at is not null and code is distinct from 'ObjectNotFound' and ${unsettled()}) as "knownInMs",
         (select extract(epoch from min(second_look_at) - clock_timestamp())::float8 * 1000 from entry
            where target = $1 and second_look_at is not null) as "secondLookInMs"`,
      [target],
    ),
  );

/**
 * Failed entries whose time has come are pending again; `all`, and those that failed for these reasons, do not wait for it. `reopened` of
 * them had failed in this very run. A failure stamped in the future means that the clock went back: its retry is due now.
 */
export const joinRetries = (
  tx: Tx,
  target: number,
  run: string | null,
  { all = false, reasons = [] }: { all?: boolean; reasons?: readonly string[] } = {},
): Promise<{ joined: number; reopened: number }> =>
  onlyRow(
    tx.query<{ joined: number; reopened: number }>(
      `with due as (
         select object, failed_in from entry
         where target = $1 and retry_at is not null and ${unsettled()}
           and ($3 or code = any ($4::text[]) or retry_at <= clock_timestamp() or failed_at > clock_timestamp() + interval '10 s')
       ), again as (
         update entry e set retry_at = null, failed_in = null, attempts = case when $3 then 0 else e.attempts end
         where e.target = $1 and e.object = any (array(select object from due))
       )
       select count(*) filter (where failed_in is distinct from $2) as joined, count(*) filter (where failed_in = $2) as reopened
       from due`,
      [target, run, all, reasons],
    ),
  );

/** Entries whose second look has come are asked again, one by one. Answers how many were not pending before. */
export const joinSecondLooks = async (tx: Tx, target: number): Promise<number> =>
  (
    await onlyRow(
      tx.query<{ joined: number }>(
        `with due as (
         select object, plan, not (${pending()}) as fresh from entry
         where target = $1 and second_look_at is not null
           and (second_look_at <= clock_timestamp() or second_look_set_at > clock_timestamp() + interval '10 s')
       ), again as (
         update entry e set unconfirmed = true, max_patch_size = 1, second_look_at = null, retry_at = null, failed_in = null
         where e.target = $1 and e.object = any (array(select object from due))
       )
       select count(*) filter (where fresh and plan is null) as joined from due`,
        [target],
      ),
    )
  ).joined;

/** An answer as the ledger takes it, for one object. */
export interface Settlement {
  object: string;
  added: boolean;
  /** done · benign: holds already · again: maybe done · failed: refused · split: nothing was done, ask in smaller parts */
  verdict: 'done' | 'benign' | 'again' | 'failed' | 'split';
  maxPatchSize?: number;
  code?: string;
  message?: string;
  requestId?: string;
  clientRequestId?: string;
  waitMs?: number;
}

export interface RetrySchedule {
  /** what may be over in seconds: doubling from `firstMs` to `mostMs`, for `attempts` times */
  firstMs: number;
  mostMs: number;
  attempts: number;
  /** then, and for other refusals of a member: doubling from `slowFirstMs` to `slowMostMs` */
  slowFirstMs: number;
  slowMostMs: number;
}

export interface Outcomes {
  applied: number;
  removed: number;
  failed: number;
  notNeeded: number;
  /** what members now done had been waiting for */
  healed: string[];
}

/** An add that failed since the object does not exist: then it is not in the group either. */
const absent = (a: string): string => `(${a}.added and ${a}.verdict = 'failed' and ${a}.code = 'ObjectNotFound')`;

/** What may be over in seconds: Graph did not do it now, or its write side does not know an object yet that has just appeared. */
const passing = (a: string): string =>
  `(${a}.verdict = 'again' or (${a}.verdict = 'failed' and ${a}.code = 'ObjectNotFound'))`;

/**
 * Stores the answers of one call, the departures that the guard counts, and tells what became of the changes. What was wanted meanwhile
 * stays to be done. A failure of an outdated change is no failure. A removal answered 404 is a departure too: an earlier call of ours may
 * have done it; but not where that is known already.
 */
export const recordAnswers = (
  tx: Tx,
  target: number,
  run: string,
  settlements: readonly Settlement[],
  retry: RetrySchedule,
): Promise<Outcomes> =>
  onlyRow(
    tx.query<Outcomes>(
      `with answer as (
         select * from jsonb_to_recordset($3::jsonb) as a (object uuid, added boolean, verdict text, "maxPatchSize" smallint, code text,
           message text, "requestId" text, "clientRequestId" text, "waitMs" float8)
       ), before as (
         select * from entry where target = $1 and object = any ($10::uuid[])
       ), after as (
         update entry e set
           applied = case when a.verdict in ('done', 'benign') then a.added when ${absent('a')} then false else e.applied end,
           unconfirmed = case when a.verdict = 'again' then true when a.verdict in ('done', 'benign') or ${absent('a')} then false
             else e.unconfirmed end,
           delete_unanswered = e.delete_unanswered
             and not ((a.verdict in ('done', 'benign') or ${absent('a')}) and e.second_look_at is null),
           written_at = case when a.verdict in ('done', 'benign') then clock_timestamp() else e.written_at end,
           max_patch_size = case when a.verdict in ('done', 'benign') then 20 else coalesce(a."maxPatchSize", e.max_patch_size) end,
           attempts = case when e.wanted <> a.added or a.verdict in ('done', 'benign') then 0
             when a.verdict = 'split' then e.attempts else e.attempts + 1 end,
           code = case when e.wanted = a.added and a.verdict in ('again', 'failed') then a.code when a.verdict = 'split' then e.code end,
           message = case when e.wanted = a.added and a.verdict in ('again', 'failed') then a.message
             when a.verdict = 'split' then e.message end,
           request_id = a."requestId", client_request_id = a."clientRequestId",
           failed_at = case when a.verdict in ('again', 'failed') then clock_timestamp() end,
           failed_in = case when e.wanted = a.added and a.verdict in ('again', 'failed') then $2::uuid end,
           retry_at = case
             when e.wanted <> a.added then null
             when ${passing('a')} and e.attempts < $6 then statement_timestamp() + make_interval(secs =>
               greatest(coalesce(a."waitMs", 0), least($5, $4 * 2 ^ least(e.attempts, 20)) * $9::float8) / 1000)
             when a.verdict in ('again', 'failed') then statement_timestamp() + make_interval(secs =>
               greatest(coalesce(a."waitMs", 0), least($8, $7 * 2 ^ least(e.attempts - case when ${passing('a')} then $6 else 0 end, 20))
                 * $9::float8) / 1000)
           end,
           approved = e.approved and not (a.verdict in ('done', 'benign') and not a.added),
           plan = case when not e.wanted and a.verdict in ('done', 'benign', 'failed')
             and not (case when a.verdict = 'failed' then e.applied else a.added end) then null else e.plan end
         from answer a where e.target = $1 and e.object = any ($10::uuid[]) and e.object = a.object
         returning e.object, e.wanted = a.added as same, a.added, a.verdict,
           ${unsettled('e')} as unsettled
       ), gone as (
         insert into departure (target, object, approved)
         select $1, b.object, b.approved from before b join after a on a.object = b.object
         where not a.added and (a.verdict = 'done' or (a.verdict = 'benign' and (b.applied or (b.unconfirmed and not exists (
           select 1 from departure d where d.target = $1 and d.object = b.object and ${leftLately('d')})))))
       )
       select
         count(*) filter (where a.same and a.added and (a.verdict = 'done' or (a.verdict = 'benign' and b.unconfirmed))) as applied,
         count(*) filter (where a.same and not a.added and (a.verdict = 'done' or (a.verdict = 'benign' and b.unconfirmed))) as removed,
         count(*) filter (where a.same and a.verdict in ('again', 'failed')) as failed,
         coalesce(array_agg(distinct b.code) filter (where a.verdict = 'done' and b.code is not null), '{}') as healed,
         count(*) filter (where (a.same and a.verdict = 'benign' and not b.unconfirmed)
           or (not a.same and not a.unsettled and ${unsettled('b')})) as "notNeeded"
       from after a join before b on b.object = a.object`,
      [
        target,
        run,
        storableJson(settlements),
        retry.firstMs,
        retry.mostMs,
        retry.attempts,
        retry.slowFirstMs,
        retry.slowMostMs,
        // one for the whole call, so that what went out together may do so again
        0.75 + Math.random() / 2,
        // by key, see merging.ts
        settlements.map(({ object }) => object),
      ],
    ),
  );

/** Nobody knows what an unanswered call did: what is wanted now is asked one by one. */
export const markUnanswered = (tx: Tx, target: number, objects: readonly string[], message: string): Promise<number> =>
  tx.execute(
    `update entry set unconfirmed = true, max_patch_size = 1, code = 'NoAnswer', message = $3, failed_at = clock_timestamp(),
       retry_at = null, failed_in = null
     where target = $1 and object = any ($2::uuid[])`,
    [target, objects, message],
  );

/**
 * The same for a call of an older epoch, which may still land: once more after `laterMs`. An object that the ledger has forgotten is
 * entered as an unmanaged member if the call may have added it, for a full run must not leave it there.
 */
export const markOrphaned = (
  tx: Tx,
  target: number,
  objects: readonly string[],
  added: readonly string[],
  laterMs: number,
): Promise<number> =>
  tx.execute(
    `insert into entry as e (target, object, wanted, applied, unmanaged, unconfirmed, max_patch_size, second_look_at, second_look_set_at)
     select $1, o.object, false, false, true, true, 1, clock_timestamp() + make_interval(secs => $4::float8 / 1000), clock_timestamp()
     from unnest($2::uuid[]) as o (object)
     where o.object = any ($3::uuid[]) or exists (select 1 from entry k where k.target = $1 and k.object = o.object)
     order by o.object
     on conflict (target, object) do update set unconfirmed = true, max_patch_size = 1, retry_at = null, failed_in = null,
       second_look_at = excluded.second_look_at, second_look_set_at = excluded.second_look_set_at`,
    [target, objects, added, laterMs],
  );

/** Adds of the next stretch of the ledger that were not verified yet; `missed` are those that were not found before. */
export const selectUnverified = (
  db: Queryable,
  target: number,
  after: string,
  limit: number,
): Promise<{ object: string; missed: boolean }[]> =>
  db.query<{ object: string; missed: boolean }>(
    `select object, coalesce(code = 'ObjectNotFound', false) as missed
     from entry where target = $1 and ${pending()} and wanted and ${SINGLE} is false and object > $2 order by object limit $3`,
    [target, after, limit],
  );

/**
 * Adds that a listing shows although their answer was lost or unclear: they hold, unless a call of ours removed them so shortly before that the
 * listing may be late. Returns which.
 */
export const confirmAdds = (
  tx: Tx,
  target: number,
  objects: readonly string[],
  lagMs: number,
): Promise<{ object: string }[]> =>
  tx.query<{ object: string }>(
    `update entry set applied = true, unconfirmed = false, max_patch_size = 20, attempts = 0, code = null, message = null, failed_at = null,
       written_at = clock_timestamp()
     where target = $1 and object = any ($2::uuid[]) and wanted and unconfirmed and ${pending()} and not delete_unanswered
       and (written_at is null or written_at < clock_timestamp() - make_interval(secs => $3::float8 / 1000))
     returning object`,
    [target, objects, lagMs],
  );

/** Those of a PATCH sent before that are not settled yet go out alone. */
export const sendIndividually = (tx: Tx, target: number, objects: readonly string[]): Promise<number> =>
  tx.execute(
    `update entry set max_patch_size = 1 where target = $1 and object = any ($2::uuid[]) and unconfirmed and ${pending()}`,
    [target, objects],
  );

/** The group as a whole was refused: every desired change that could not be done says why. */
export const markRefused = (
  tx: Tx,
  target: number,
  refusal: { code: string; message: string; requestId?: string; clientRequestId?: string },
): Promise<number> =>
  tx.execute(
    `update entry set code = $2, message = $3, request_id = $4, client_request_id = $5, attempts = attempts + 1, failed_at = clock_timestamp()
     where target = $1 and ${pending()}`,
    [target, refusal.code, refusal.message, refusal.requestId ?? null, refusal.clientRequestId ?? null],
  );

/** The group is gone, and with it everybody's membership. */
export const forgetPresence = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `update entry set applied = false, unconfirmed = false, delete_unanswered = false, max_patch_size = 20, written_at = null, plan = null, approved = false
     where target = $1 and ${perhapsThere()}`,
    [target],
  );

/** Members of the group as the ledger knows them. */
export const countApplied = async (db: Queryable, target: number): Promise<number> =>
  (
    await onlyRow(
      db.query<{ count: number }>(`select count(*) as count from entry where target = $1 and ${member()}`, [target]),
    )
  ).count;

/** Nothing is left to remember about what is neither wanted nor there, once listings cannot show it any more. */
export const dropSettled = (db: Queryable): Promise<number> =>
  db.execute(
    `delete from entry where (target, object) in (
       select target, object from entry
       where ${gone()} and second_look_at is null and plan is null
         and (written_at is null or written_at < clock_timestamp() - interval '1 h')
       limit 10000)`,
  );

/** Forgets entries; unanswered calls stay, since they may still land. A member whose DELETE has no answer may have left: a departure. */
const forget = async (tx: Tx, target: number, which: string, params: unknown[] = []): Promise<number> =>
  (
    await onlyRow(
      tx.query<{ count: number }>(
        `with forgotten as (delete from entry e where e.target = $1 and ${which} returning e.*),
         left_perhaps as (
           insert into departure (target, object, approved)
           select $1, f.object, f.approved from forgotten f where ${removalUnderWay('f')}
         )
         select count(*) as count from forgotten`,
        [target, ...params],
      ),
    )
  ).count;

/** Some of the ledger of a target; 0 when nothing is left. */
export const forgetEntries = (tx: Tx, target: number, most: number): Promise<number> =>
  forget(tx, target, 'e.object = any (array(select object from entry where target = $1 limit $2))', [most]);

export const forgetMembers = (tx: Tx, target: number, most: number): Promise<number> =>
  tx.execute(
    `delete from member where target = $1 and resource = any (array(select resource from member where target = $1 limit $2))`,
    [target, most],
  );

/** What others put into the group and the collection never wanted stays, and leaves its plan. */
export const forgetUnmanaged = (tx: Tx, target: number, most: number): Promise<number> =>
  forget(tx, target, 'e.object = any (array(select object from entry where target = $1 and unmanaged limit $2))', [
    most,
  ]);

/** Unmanaged members that a cancelled full run found are forgotten. */
export const forgetUnmanagedOf = (tx: Tx, target: number, run: string): Promise<number> =>
  forget(tx, target, 'e.unmanaged and e.found_by = $2', [run]);

/** All that is wanted flips to unwanted, for a mapping that is deleted with its members. */
export const touchWanted = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, resource, name, flip)
     select e.object, m.resource, m.name, 'unwanted' from entry e
     left join lateral (select resource, name from member m where m.target = $1 and m.object = e.object order by resource limit 1) m on true
     where e.target = $1 and e.wanted`,
    [target],
  );

/** Nothing is pending, under way, waiting for its second look or held by an open plan. */
export const isDrained = async (tx: Tx, target: number): Promise<boolean> =>
  (
    await onlyRow(
      tx.query<{ drained: boolean }>(
        `select not exists (select 1 from entry where target = $1 and ${unsettled()})
         and not exists (select 1 from call where target = $1)
         and not exists (select 1 from entry where target = $1 and second_look_at is not null)
         and not exists (select 1 from plan where target = $1 and state = 'open') as drained`,
        [target],
      ),
    )
  ).drained;
