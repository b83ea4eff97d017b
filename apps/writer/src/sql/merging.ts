import type { Tx } from '@collection-sync/postgres';

/**
 * Tables of the connection that one transaction fills and its end empties: what a transfer names, what leaves, and the objects whose wish
 * may flip by it, with who wanted them last.
 */
export const openMergeTables = (tx: Tx): Promise<unknown> =>
  tx.query(`
    create temp table if not exists incoming
      (resource bigint primary key, kind text not null, name text not null, object uuid, reason text, appeared_at timestamptz)
      on commit delete rows;
    create temp table if not exists leaving (resource bigint primary key) on commit delete rows;
    create temp table if not exists touched
      (object uuid primary key, resource bigint, name text, flip text) on commit delete rows`);

export const fillIncoming = (tx: Tx, target: string, transfer: string): Promise<number> =>
  tx.execute(
    `insert into incoming (resource, kind, name, object, reason, appeared_at)
     select distinct on (m.resource) m.resource, m.kind, m.name, m.object, m.reason, m."appearedAt"
     from stage_chunk c
     cross join lateral jsonb_to_recordset(c.body -> 'adds')
       as m (resource bigint, kind text, name text, object uuid, reason text, "appearedAt" timestamptz)
     where c.target = $1 and c.transfer = $2 order by m.resource, c.chunk desc`,
    [target, transfer],
  );

/** The planner knows nothing of a table just filled. */
export const analyzeIncoming = (tx: Tx): Promise<unknown> => tx.query(`analyze incoming`);

/** A delta names what leaves. */
export const fillLeavingByDelta = (tx: Tx, target: string, transfer: string): Promise<number> =>
  tx.execute(
    `insert into leaving (resource)
     select distinct r.resource::bigint from stage_chunk c
     cross join lateral jsonb_array_elements_text(c.body -> 'removes') as r (resource)
     where c.target = $1 and c.transfer = $2
       and not exists (select 1 from incoming i where i.resource = r.resource::bigint)`,
    [target, transfer],
  );

/** Only a complete un-wants what it does not name. */
export const fillLeavingByComplete = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into leaving (resource)
     select m.resource from member m
     where m.target = $1 and not exists (select 1 from incoming i where i.resource = m.resource)`,
    [target],
  );

/** Objects that a member leaves or takes by this transfer; before the members are changed. */
export const touchByMembers = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object, resource, name)
     select distinct on (object) object, resource, name from (
       select m.object, m.resource, m.name from member m join leaving l on l.resource = m.resource
       where m.target = $1 and m.object is not null
       union all
       select m.object, m.resource, m.name from member m join incoming i on i.resource = m.resource
       where m.target = $1 and m.object is not null and m.object is distinct from i.object
       union all
       select i.object, null, null from incoming i left join member m on m.target = $1 and m.resource = i.resource
       where i.object is not null and i.object is distinct from m.object
     ) as every order by object, resource nulls last`,
    [target],
  );

/** Objects whose entry disagrees with the members, however that came: a complete heals it. After the members are changed. */
export const touchByDisagreement = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into touched (object)
     select coalesce(w.object, e.object)
     from (select distinct object from member where target = $1 and object is not null) w
     full join (select object from entry where target = $1 and wanted) e on e.object = w.object
     where w.object is null or e.object is null
     on conflict (object) do nothing`,
    [target],
  );

export const storeMembers = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `insert into member (target, resource, kind, name, object, reason)
     select $1, i.resource, i.kind, i.name, i.object, i.reason
     from incoming i left join member m on m.target = $1 and m.resource = i.resource
     where m.resource is null or (m.kind, m.name, m.object, m.reason) is distinct from (i.kind, i.name, i.object, i.reason)
     on conflict (target, resource) do update
       set kind = excluded.kind, name = excluded.name, object = excluded.object, reason = excluded.reason`,
    [target],
  );

export const dropLeaving = (tx: Tx, target: number): Promise<number> =>
  tx.execute(`delete from member m using leaving l where m.target = $1 and m.resource = l.resource`, [target]);

/** Which of the touched objects are now wanted and were not, or the other way round. */
export const markFlips = (tx: Tx, target: number): Promise<number> =>
  tx.execute(
    `update touched t set flip = case when now.wanted then 'wanted' else 'unwanted' end
     from (
       select o.object, coalesce(e.wanted, false) as was,
         exists (select 1 from member m where m.target = $1 and m.object = o.object) as wanted
       from touched o left join entry e on e.target = $1 and e.object = o.object
     ) as now
     where now.object = t.object and now.was <> now.wanted`,
    [target],
  );

export interface FormerWishes {
  /** were to be done by the run under way */
  pending: number;
  /** had failed in it */
  failed: number;
  /** were held by it */
  held: number;
}

/** What the wishes that now flip were, for the account of the run under way. Before the flips are stored. */
export const formerWishes = async (tx: Tx, target: number, run: string): Promise<FormerWishes> =>
  (
    await tx.query<FormerWishes>(
      `select
         count(*) filter (where (e.wanted <> e.applied or e.unsure) and e.plan is null and e.retry_at is null) as pending,
         count(*) filter (where e.failed_in = $2) as failed,
         count(*) filter (where p.run = $2) as held
       from touched t join entry e on e.target = $1 and e.object = t.object left join plan p on p.id = e.plan
       where t.flip is not null`,
      [target, run],
    )
  )[0] ?? { pending: 0, failed: 0, held: 0 };

/**
 * Stores the wish for what flipped to wanted; it leaves its plan. What a call names just now may be done or undone by it, so it is asked
 * again. Answers how many are to be done.
 */
export const wantTouched = async (tx: Tx, target: number, underWay: readonly string[]): Promise<number> =>
  (
    await tx.query<{ pending: number }>(
      `with stored as (
         insert into entry as e (target, object, wanted, applied)
         select $1, object, true, false from touched where flip = 'wanted' order by object
         on conflict (target, object) do update set wanted = true, stranger = false, found_by = null, approved = false, plan = null,
           resource = null, name = null, attempts = 0, code = null, message = null, request_id = null, failed_at = null,
           retry_at = null, failed_in = null, unsure = e.unsure or e.object = any ($2::uuid[])
         returning not applied or unsure as pending
       ) select count(*) filter (where pending) as pending from stored`,
      [target, underWay],
    )
  )[0]?.pending ?? 0;

/** Stores the wish for what flipped to unwanted. Answers how many removals that makes. */
export const unwantTouched = async (tx: Tx, target: number, underWay: readonly string[]): Promise<number> =>
  (
    await tx.query<{ removals: number }>(
      `with stored as (
         update entry e set wanted = false, approved = false, plan = null, resource = t.resource, name = t.name, attempts = 0,
           code = null, message = null, request_id = null, failed_at = null, retry_at = null, failed_in = null,
           unsure = e.unsure or e.object = any ($2::uuid[])
         from touched t where e.target = $1 and e.object = t.object and t.flip = 'unwanted'
         returning e.applied or e.unsure as removal
       ) select count(*) filter (where removal) as removals from stored`,
      [target, underWay],
    )
  )[0]?.removals ?? 0;
