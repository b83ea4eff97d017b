import { storableJson, type MembershipResult } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

export type Preview = NonNullable<MembershipResult['preview']>;

export const savePreview = (tx: Queryable, event: MembershipResult, preview: Preview): Promise<unknown> =>
  tx.query(
    `insert into preview as p (command, target, collection, at, adds, removes, keeps, unresolved, would_hold, last_part)
     values ($1, $2, $3, now(), $4, $5, $6, $7, $8, $9)
     on conflict (command) do update set adds = excluded.adds, removes = excluded.removes, keeps = excluded.keeps,
       unresolved = excluded.unresolved, would_hold = excluded.would_hold, last_part = coalesce(excluded.last_part, p.last_part)`,
    [
      preview.command,
      event.target,
      event.collection,
      preview.add,
      preview.remove,
      preview.keep,
      preview.unresolved,
      preview.wouldHold,
      preview.last ? preview.part : null,
    ],
  );

export const savePreviewMembers = async (tx: Queryable, preview: Preview, rows: readonly object[]): Promise<void> => {
  await tx.query(
    `insert into preview_member (command, part, key, resource, object, name, sort, change, code)
     select distinct on (key) $1, $2, key, resource, object, name, sort, change, code
     from jsonb_to_recordset($3::jsonb) as r (key text, resource bigint, object text, name text, sort text, change text, code text)
     on conflict (command, key) do nothing`,
    [preview.command, preview.part, storableJson(rows)],
  );
};

export type PreviewChange = 'add' | 'remove' | 'keep' | 'unresolved';

export interface PreviewFound {
  id: string;
  target: string;
  collectionId: string;
  complete: boolean;
  at: Date;
  add: number;
  remove: number;
  keep: number;
  unresolved: number;
  wouldHold: boolean;
}

export const findPreview = async (db: Queryable, id: string): Promise<PreviewFound | undefined> =>
  (
    await db.query<PreviewFound>(
      `select command as id, target, collection as "collectionId", last_part is not null as complete, at, adds as add, removes as remove,
         keeps as keep, unresolved, would_hold as "wouldHold"
       from preview where command = $1`,
      [id],
    )
  )[0];

interface PreviewRow {
  key: string;
  sort: string;
  resourceId: number | null;
  objectId: string | null;
  name: string;
  change: PreviewChange;
  reason: string | null;
}

export const pageOfPreview = (
  db: Queryable,
  id: string,
  change: PreviewChange | undefined,
  position: readonly (string | number | null)[] | undefined,
  limit: number,
): Promise<PreviewRow[]> =>
  db.query<PreviewRow>(
    `select key, sort, resource as "resourceId", object as "objectId", name, change, code as reason from preview_member
     where command = $1 and ($2::text is null or change = $2) and ($3::text is null or (change, sort, key) > ($3, $4, $5))
     order by change, sort, key limit $6`,
    [id, change ?? null, position?.[0] ?? null, position?.[1] ?? null, position?.[2] ?? null, limit + 1],
  );
