import type { Database } from '@collection-sync/postgres';

export interface Claim {
  readonly id: string;
  readonly claim: string;
  /** the site is to be read before content is sent */
  readonly read: boolean;
  /** nothing but a periodic read is due */
  readonly periodic: boolean;
  /** how often in a row it could not be served */
  readonly failures: number;
  /** operators are told that it cannot be served */
  readonly failing: boolean;
}

export interface Due {
  readonly id: string;
  /** nothing but a periodic read is due */
  readonly periodic: boolean;
}

export interface DueTimes {
  /** a claim without a sign of life for so long is free again */
  readonly claimMs: number;
  readonly retryMaxMs: number;
  readonly rowsPerSecond: number;
}

/**
 * What is due of the collections in question, ranked: requested reads first, then content to send, then what was read longest ago. An
 * unchanged one is read when the schedule of one of its mappings says so, daily at the latest, while the site's row budget lasts.
 */
const due = (among = ''): string =>
  `with look as materialized (
     select c.id, c.read_at,
       c.retry_at is null and c.asked > c.read_asked and (w.wanted or p.waiting) as requested,
       c.state <> 'missing' and w.wanted and case
         when c.retry_at is null then w.periodic or is_due(c.read_at, interval '1 day')
         else c.retry_at <= clock_timestamp() or c.retry_at > clock_timestamp() + $2 * interval '1.1 ms' end
         and coalesce((select b.rows_left + extract(epoch from clock_timestamp() - b.at)::float8 * $3::float8 > 0
           from row_budget b), true) as periodic,
       c.complete_read > 0 and (w.unsent or p.preview) or p.answer as send
     from collection c
     cross join lateral (
       select coalesce(bool_or(true), false) as wanted,
         coalesce(bool_or(t.every_seconds is not null
           and is_due(c.read_at, t.every_seconds * (0.9 + 0.001 * (abs(hashtext(c.id || c.read_no)::bigint) % 100)) * interval '1 s')
           or t.cron_next <= clock_timestamp()), false) as periodic,
         coalesce(bool_or(n.state = 'ready' and (t.owed > t.served or t.sent is distinct from c.version
           or t.full_reason is not null and not t.full_sent
             and c.committed_read = c.complete_read and c.complete_asked >= t.full_asked)), false) as unsent
       from target t left join tenant n on n.tenant = t.tenant
       where t.collection = c.id and t.state = 'active') w
     cross join lateral (
       select coalesce(bool_or(true), false) as waiting,
         coalesce(bool_or(m.kind = 'preview' and c.committed_read = c.complete_read and c.complete_asked >= m.asked
           and exists (select from tenant n where n.tenant = m.tenant and n.state = 'ready')), false) as preview,
         coalesce(bool_or(m.kind = 'incremental' and c.read_asked >= m.asked), false) as answer
       from command m where m.collection = c.id and m.state = 'waiting') p
     where (c.claim is null or is_due(c.claimed_at, $1 * interval '1 ms'))
       and (c.hold_until is null or c.hold_until <= clock_timestamp() or c.hold_until > clock_timestamp() + interval '1 hour')
       ${among}
   ), picked as materialized (
     select id, requested or periodic as read, not requested and not send as periodic,
       row_number() over (order by requested desc, send desc, read_at nulls first) as rank
     from look where requested or periodic or send
   )`;

const paramsOf = ({ claimMs, retryMaxMs, rowsPerSecond }: DueTimes): unknown[] => [claimMs, retryMaxMs, rowsPerSecond];

/** Collections that have something due, most urgent first. Looks over all of them: what it costs grows with their number. */
export const dueCollections = (db: Database, limit: number, times: DueTimes): Promise<Due[]> =>
  db.query<Due>(`${due()} select id, periodic from picked order by rank limit $4`, [...paramsOf(times), limit]);

/** Takes those of the collections that have something due; one replica gets each. */
export const claimCollections = (
  db: Database,
  claim: string,
  ids: readonly string[],
  times: DueTimes,
): Promise<Claim[]> =>
  db.query<Claim>(
    `${due('and c.id = any ($5)')}, free as (
       select c.id from picked p join collection c on c.id = p.id
       where c.claim is null or is_due(c.claimed_at, $1 * interval '1 ms')
       order by p.rank for update of c skip locked
     )
     update collection c set claim = $4, claimed_at = clock_timestamp()
     from free f join picked p on p.id = f.id where c.id = f.id
     returning c.id, c.claim, p.read, p.periodic, c.failures, c.failure is not null as failing`,
    [...paramsOf(times), claim, ids],
  );

/** A sign of life; false when the claim is another's by now. */
export const extendClaim = async (db: Database, { id, claim }: Claim): Promise<boolean> =>
  (await db.execute('update collection set claimed_at = clock_timestamp() where id = $1 and claim = $2', [id, claim])) >
  0;

/** Releases a claim; after a failure nobody takes the collection for a while, longer each time. */
export const releaseClaim = async (db: Database, { id, claim }: Claim, failed: boolean): Promise<void> => {
  await db.query(
    `update collection set claim = null, claimed_at = null, failures = case when $3 then failures + 1 else 0 end,
       hold_until = case when $3 then clock_timestamp() + least(1000 * 2 ^ least(failures, 10), 60000) * interval '1 ms' end
     where id = $1 and claim = $2`,
    [id, claim, failed],
  );
};
