import type { WriterWork } from '@collection-sync/core';
import { onlyRow, type Tx } from '@collection-sync/postgres';

/** From the first to the second, doubling with each failure. */
const FIRST_S = 5;
const MAX_S = 600;

/** Work on the target of this id is put off. A stamp in the future means that the clock went back: then it is due now. */
export const isPutOff = (work: WriterWork, id: string): string =>
  `exists (select 1 from setback s where s.target = ${id} and s.work = '${work}' and s.retry_at > clock_timestamp()
     and s.at <= clock_timestamp() + interval '10 s')`;

/** Answers how often it has failed now. */
export const storeSetback = async (tx: Tx, target: number, work: WriterWork): Promise<number> =>
  (
    await onlyRow(
      tx.query<{ failures: number }>(
        `insert into setback as s (target, work, failures, at, retry_at)
         values ($1, $2, 1, clock_timestamp(), clock_timestamp() + make_interval(secs => $3))
         on conflict (target, work) do update set failures = s.failures + 1, at = excluded.at,
           retry_at = excluded.at + make_interval(secs => least($4::float8, $3 * 2 ^ least(s.failures, 20)))
         returning failures`,
        [target, work, FIRST_S, MAX_S],
      ),
    )
  ).failures;

/** Whether there was one. */
export const forgetSetback = async (tx: Tx, target: number, work: WriterWork): Promise<boolean> =>
  (await tx.execute('delete from setback where target = $1 and work = $2', [target, work])) > 0;
