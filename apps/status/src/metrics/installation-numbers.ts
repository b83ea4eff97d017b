import type { Queryable } from '@collection-sync/postgres';

export const countTargets = (on: Queryable): Promise<{ word: string; n: number }[]> =>
  on.query(`select coalesce(word, '') as word, count(*) as n from overview where target <> '' group by 1`);

export const countMembers = (on: Queryable): Promise<{ state: string; reason: string; n: number }[]> =>
  on.query(`select state, code as reason, sum(n)::bigint as n from member_count group by 1, 2 having sum(n) > 0`);

/** 0 without an active mapping. */
export const oldestCheckSeconds = async (on: Queryable): Promise<number> =>
  (
    await on.query<{ seconds: number }>(
      `select coalesce(max(extract(epoch from clock_timestamp() - coalesce(o.checked_at, m.changed_at))), 0)::float8 as seconds
       from mapping m left join overview o on o.target = m.target where m.state = 'active'`,
    )
  )[0]?.seconds ?? 0;

export const countOpenPlans = async (on: Queryable): Promise<number> =>
  (await on.query<{ n: number }>(`select count(*) as n from plan where state = 'open'`))[0]?.n ?? 0;

export const countRecentDeadLetters = async (on: Queryable): Promise<number> =>
  (
    await on.query<{ n: number }>(`select count(*) as n from dead_letter where at > clock_timestamp() - interval '1 h'`)
  )[0]?.n ?? 0;

export const upstreamStates = (on: Queryable): Promise<{ kind: string; name: string; ready: boolean }[]> =>
  on.query(`select kind, name, state = 'ready' as ready from upstream where kind <> 'budget'`);
