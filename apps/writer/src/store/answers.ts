import { storableJson } from '@collection-sync/core';
import { onlyRow, type Tx } from '@collection-sync/postgres';
import { leftLately, pending, unsettled } from './entry-states.js';

/** An answer as the ledger takes it, for one object. */
export interface ObjectAnswer {
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
  /** of those that joined late, the seconds since their record appeared in the directory; each is told once */
  late: number[];
}

/** An add that failed since the object does not exist: then it is not in the group either. */
const absent = (a: string): string => `(${a}.added and ${a}.verdict = 'failed' and ${a}.code = 'ObjectNotFound')`;

/** What may be over in seconds: Graph did not do it now, or its write side does not know an object yet that has just appeared. */
const passing = (a: string): string =>
  `(${a}.verdict = 'again' or (${a}.verdict = 'failed' and ${a}.code = 'ObjectNotFound'))`;

/**
 * Stores the answers of one call, which is under way no longer, the departures that the guard counts, and tells what became of the changes.
 * What was wanted meanwhile stays to be done. A failure of an outdated change is no failure. A removal answered 404 is a departure too: an
 * earlier call of ours may have done it; but not where that is known already.
 */
export const recordAnswers = (
  tx: Tx,
  target: number,
  run: string,
  answers: readonly ObjectAnswer[],
  retry: RetrySchedule,
  call?: { readonly epoch: number; readonly no: number },
): Promise<Outcomes> =>
  onlyRow(
    tx.query<Outcomes>(
      `with answer as materialized (
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
         returning e.object, e.applied, e.wanted = a.added as same, a.added, a.verdict,
           ${unsettled('e')} as unsettled
       ), answered as (
         delete from call where target = $1 and epoch = $11 and no = $12
       ), late as (
         delete from late_joiner l using after a
         where l.target = $1 and l.object = any ($10::uuid[]) and l.object = a.object and a.applied
         returning greatest(0, extract(epoch from clock_timestamp() - l.appeared_at))::float8 as seconds
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
           or (not a.same and not a.unsettled and ${unsettled('b')})) as "notNeeded",
         array(select seconds from late) as late
       from after a join before b on b.object = a.object`,
      [
        target,
        run,
        storableJson(answers),
        retry.firstMs,
        retry.mostMs,
        retry.attempts,
        retry.slowFirstMs,
        retry.slowMostMs,
        // one for the whole call, so that what went out together may do so again
        0.75 + Math.random() / 2,
        // by key, see merging.ts
        answers.map(({ object }) => object),
        call?.epoch ?? null,
        call?.no ?? null,
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
