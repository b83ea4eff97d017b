import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { pending, unsettled } from './entry-states.js';

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
