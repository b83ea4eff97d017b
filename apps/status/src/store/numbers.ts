import { onlyRow, type Queryable } from '@collection-sync/postgres';
import { deadLetterInScope } from './dead-letters.js';
import { inScope, tenantIn } from './in-scope.js';

export const countTargets = (db: Queryable): Promise<{ word: string; n: number }[]> =>
  db.query(`select coalesce(word, '') as word, count(*) as n from overview where target <> '' group by 1`);

export const countMembers = (db: Queryable): Promise<{ state: string; reason: string; n: number }[]> =>
  db.query(`select state, code as reason, sum(n)::bigint as n from member_count group by 1, 2 having sum(n) > 0`);

/** 0 without an active mapping. */
export const oldestCheckSeconds = async (db: Queryable): Promise<number> =>
  (
    await onlyRow(
      db.query<{ seconds: number }>(
        `select coalesce(max(extract(epoch from clock_timestamp() - coalesce(o.checked_at, m.changed_at))), 0)::float8 as seconds
       from mapping m left join overview o on o.target = m.target where m.state = 'active'`,
      ),
    )
  ).seconds;

export const countOpenPlans = async (db: Queryable): Promise<number> =>
  (await onlyRow(db.query<{ n: number }>(`select count(*) as n from plan where state = 'open'`))).n;

export const countRecentDeadLetters = async (db: Queryable): Promise<number> =>
  (
    await onlyRow(
      db.query<{ n: number }>(`select count(*) as n from dead_letter where at > clock_timestamp() - interval '1 h'`),
    )
  ).n;

export const upstreamStates = (db: Queryable): Promise<{ kind: string; name: string; ready: boolean }[]> =>
  db.query(`select kind, name, state = 'ready' as ready from upstream where kind <> 'budget'`);

export interface Totals {
  collections: number;
  openPlans: number;
  deadLetters: number;
}

export const readTotals = (db: Queryable, scope: string | null): Promise<Totals> =>
  onlyRow(
    db.query<Totals>(
      `select (select count(*) from collection where ${inScope('$1', 'null', 'collection')}) as collections,
         (select count(*) from plan where state = 'open' and ${inScope('$1', tenantIn('target'), 'collection')}) as "openPlans",
         (select count(*) from dead_letter where ${deadLetterInScope('$1')}) as "deadLetters"`,
      [scope],
    ),
  );
