import { storableJson, type CollectionType } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

/**
 * The table `group_check`. A group is well (no `problem`), suspect (`absent`: one check did not find it) or has a problem; only a check
 * changes that: claimChecks makes it due again, storeCheck writes what was found.
 */
export interface CheckClaim {
  target: string;
  tenant: string;
  group: string;
  collection: string;
  collectionType: CollectionType;
  absent: boolean;
}

export interface GroupProblem {
  code: string;
  message: string;
  advice: string;
}

/** Groups that are due; another replica does not get them until they are due again. A due time far ahead is that of another clock. */
export const claimChecks = (db: Queryable, everySeconds: number, limit: number): Promise<CheckClaim[]> =>
  db.query<CheckClaim>(
    `with due as (
       select m.target, m.tenant, m.group_id, m.collection, m.collection_type from mapping m left join group_check g on g.target = m.target
       where m.state in ('active', 'paused')
         and (g.due_at is null or g.due_at <= now() or g.due_at > now() + 2 * make_interval(secs => $1::float8))
       order by g.due_at nulls first limit $2 for update of m skip locked
     ), claimed as (
       insert into group_check as g (target, due_at) select target, now() + make_interval(secs => $1::float8) from due order by target
       on conflict (target) do update set due_at = excluded.due_at returning g.target, g.absent
     )
     select target, tenant, group_id as "group", collection, collection_type as "collectionType", absent from due join claimed using (target)`,
    [everySeconds, limit],
  );

export interface CheckResult {
  target: string;
  absent: boolean;
  problem: GroupProblem | null;
  /** of the group, where it was found */
  name: string | null;
  /** sooner than planned, where one check is not enough */
  againSeconds: number | null;
}

/** Stores what was found; returns whether it is news. The group's name follows the directory. */
export const storeCheck = async (
  tx: Tx,
  { target, absent, problem, name, againSeconds }: CheckResult,
): Promise<boolean> => {
  const renamed = await tx.execute(
    `update mapping set group_name = $2 where target = $1 and group_name is distinct from coalesce($2, group_name)`,
    [target, name],
  );
  const [row] = await tx.query<{ changed: boolean }>(
    `update group_check g set checked_at = now(), absent = $2, problem = $3::jsonb,
       due_at = coalesce(now() + make_interval(secs => $4::float8), g.due_at)
     from (select target, problem from group_check where target = $1 for update) before
     where g.target = before.target
     returning before.problem is distinct from g.problem as changed`,
    [target, absent, problem && storableJson(problem), againSeconds],
  );
  if (!row) throw new Error(`the group of ${target} was checked, but never claimed`);
  return row.changed || renamed > 0;
};
