import { onlyRow, type Queryable } from '@collection-sync/postgres';
import { pending } from './entry-states.js';

export interface PendingEntry {
  object: string;
  wanted: boolean;
  /** how many may go out in one PATCH */
  maxPatchSize: number;
}

export interface PendingCursor {
  adds: string;
  removes: string;
}

export const START = '00000000-0000-0000-0000-000000000000';

/** Goes alone. Asked for with `is true` and `is false`, which find it in the index `entry_pending`. */
const SINGLE = `(wanted and max_patch_size = 1)`;

/** What one batch could take: adds to bind, single adds, removals; each in order of their objects, after the cursor. */
export const selectPending = (
  db: Queryable,
  target: number,
  after: PendingCursor,
  limits: { adds: number; singles: number; removes: number },
): Promise<PendingEntry[]> =>
  db.query<PendingEntry>(
    `(select object, wanted, max_patch_size as "maxPatchSize" from entry
        where target = $1 and ${pending()} and wanted and ${SINGLE} is false and object > $2 order by object limit $4)
     union all
     (select object, wanted, max_patch_size as "maxPatchSize" from entry
        where target = $1 and ${pending()} and wanted and ${SINGLE} is true order by object limit $5)
     union all
     (select object, wanted, max_patch_size as "maxPatchSize" from entry
        where target = $1 and ${pending()} and not wanted and ${SINGLE} is false and object > $3 order by object limit $6)`,
    [target, after.adds, after.removes, limits.adds, limits.singles, limits.removes],
  );

/** Those of the objects for which something is to be sent still. */
export const selectStillPending = (
  db: Queryable,
  target: number,
  objects: readonly string[],
): Promise<PendingEntry[]> =>
  db.query<PendingEntry>(
    `select object, wanted, max_patch_size as "maxPatchSize" from entry where target = $1 and object = any ($2::uuid[]) and ${pending()} order by object`,
    [target, objects],
  );

/** Adds of the next range of the ledger that were not verified yet; `missed` are those that were not found before. */
export const selectUnverified = (
  db: Queryable,
  target: number,
  after: string,
  limit: number,
): Promise<{ object: string; missed: boolean }[]> =>
  db.query<{ object: string; missed: boolean }>(
    `select object, coalesce(code = 'ObjectNotFound', false) as missed
     from entry where target = $1 and ${pending()} and wanted and ${SINGLE} is false and object > $2 order by object limit $3`,
    [target, after, limit],
  );

/** Objects for which something is to be sent, in order. */
export const pendingObjects = async (db: Queryable, target: number, after: string, limit: number): Promise<string[]> =>
  (
    await db.query<{ object: string }>(
      `select object from entry where target = $1 and ${pending()} and object > $2 order by object limit $3`,
      [target, after, limit],
    )
  ).map(({ object }) => object);

export interface PendingCounts {
  adds: number;
  removes: number;
}

export const countPending = (db: Queryable, target: number): Promise<PendingCounts> =>
  onlyRow(
    db.query<PendingCounts>(
      `select count(*) filter (where wanted) as adds, count(*) filter (where not wanted) as removes
       from entry where target = $1 and ${pending()}`,
      [target],
    ),
  );

/** Those among the pending whose last call has no answer, or whose call is under way. */
export const countUnanswered = async (db: Queryable, target: number): Promise<number> =>
  (
    await onlyRow(
      db.query<{ count: number }>(
        `select count(*) as count from entry where target = $1 and ${pending()} and (code = 'NoAnswer' or object in (
         select o.object::uuid from call c cross join lateral jsonb_array_elements(c.operations) as p (part)
         cross join lateral jsonb_array_elements_text(p.part -> 'objects') as o (object) where c.target = $1))`,
        [target],
      ),
    )
  ).count;
