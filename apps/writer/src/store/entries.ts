import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';
import { gone, member, perhapsThere, removalUnderWay, unsettled } from './entry-states.js';

/** Members of the group as the ledger knows them. */
export const countApplied = async (db: Queryable, target: number): Promise<number> =>
  (
    await onlyRow(
      db.query<{ count: number }>(`select count(*) as count from entry where target = $1 and ${member()}`, [target]),
    )
  ).count;

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

/** All that is wanted flips to unwanted, for a mapping that is deleted with its members. */
export const touchWanted = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, resource, name, flip)
     select e.object, m.resource, m.name, 'unwanted' from entry e
     left join lateral (select resource, name from member m where m.target = $1 and m.object = e.object order by resource limit 1) m on true
     where e.target = $1 and e.wanted`,
    [target],
  );

/** The group is gone, and with it everybody's membership. */
export const forgetPresence = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `update entry set applied = false, unconfirmed = false, delete_unanswered = false, max_patch_size = 20, written_at = null, plan = null, approved = false
     where target = $1 and ${perhapsThere()}`,
    [target],
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

/** Nothing is left to remember about what is neither wanted nor there, once listings cannot show it any more. */
export const dropSettled = (db: Queryable): Promise<number> =>
  db.execute(
    `delete from entry where (target, object) in (
       select target, object from entry
       where ${gone()} and second_look_at is null and plan is null
         and (written_at is null or written_at < clock_timestamp() - interval '1 h')
       limit 10000)`,
  );
