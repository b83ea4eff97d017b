import type { GroupComparison } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { isCandidate } from './candidates.js';
import { confirmed, gone } from './entry-states.js';
import { RECENT } from './listing.js';

/**
 * A command to compare is stored, under way while one worker claims it, then answered. Whoever takes a lost claim over begins again.
 */
export interface ClaimedComparison {
  id: string;
  target: string;
  /** whose listing it is */
  claim: string;
  begunAt: Date;
  /** came too late, before anybody had begun */
  expired: boolean;
}

const until = (holdMs: string): string => `clock_timestamp() + make_interval(secs => ${holdMs}::float8 / 1000)`;

export const claimComparison = async (db: Queryable, holdMs: number): Promise<ClaimedComparison | undefined> =>
  (
    await db.query<ClaimedComparison>(
      `with next as (
         select id, claim is null and expires_at <= clock_timestamp() as expired from command
         where kind = 'compare' and acted_at is null
           and (claimed_until is null or claimed_until < clock_timestamp() or claimed_until > clock_timestamp() + interval '1 h')
         order by arrived limit 1 for update skip locked
       )
       update command c set claim = gen_random_uuid(), claimed_until = ${until('$1')}, begun_at = clock_timestamp()
       from next where c.id = next.id
       returning c.id, c.target, c.claim, c.begun_at as "begunAt", next.expired`,
      [holdMs],
    )
  )[0];

/** False when another worker has claimed it meanwhile. */
export const renewComparison = async (
  db: Queryable,
  { id, claim }: ClaimedComparison,
  holdMs: number,
): Promise<boolean> =>
  (await db.execute(
    `update command set claimed_until = ${until('$3')} where id = $1 and claim = $2 and acted_at is null`,
    [id, claim, holdMs],
  )) > 0;

/** Another worker may take it at once. */
export const releaseComparison = (db: Queryable, { id, claim }: ClaimedComparison): Promise<number> =>
  db.execute(`update command set claimed_until = null where id = $1 and claim = $2`, [id, claim]);

type Found = Required<Pick<GroupComparison, 'missing' | 'unmanaged' | 'differences'>>;

/** What is told by name. */
const MOST_NAMED = 100;

/**
 * A listing against the ledger, which stays as it is. What a call of ours wrote so shortly before that the listing may be late is no
 * difference, nor is a member that is to join or to leave still.
 */
export const compareListing = (
  tx: Tx,
  target: number,
  listing: string,
  listedFrom: Date,
  lagMs: number,
): Promise<Found> =>
  onlyRow(
    tx.query<Found>(
      `with missing as (
         select e.object, coalesce(m.name, '') as name, null::text as type from entry e
         left join lateral (select name from member k where k.target = $1 and k.object = e.object order by resource limit 1) m on true
         where e.target = $1 and e.wanted and ${confirmed('e')} and not ${RECENT}
           and not exists (select from page p where p.run = $2 and p.object = e.object limit 1)
       ), unmanaged as (
         select p.object, coalesce(p.name, '') as name, coalesce(p.object_type, e.object_type, 'directoryObject') as type from page p
         left join lateral (select * from entry k where k.target = $1 and k.object = p.object limit 1) e on true
         where p.run = $2 and not ${isCandidate('p.object')}
           and (e.object is null or e.unmanaged or (${gone('e')} and not ${RECENT}))
       ), named as (
         (select 'missing' as difference, * from missing order by name, object limit ${MOST_NAMED})
         union all
         (select 'unmanaged', * from unmanaged order by name, object limit ${MOST_NAMED})
       )
       select (select count(*) from missing) as missing,
         (select coalesce(jsonb_agg(jsonb_build_object('objectType', type, 'members', members) order by type), '[]')
            from (select type, count(*) as members from unmanaged group by type) t) as unmanaged,
         (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
              'difference', difference, 'object', object, 'name', name, 'objectType', type))), '[]')
            from (select * from named limit ${MOST_NAMED}) n) as differences`,
      [target, listing, listedFrom, lagMs],
    ),
  );
