import { type MembershipResult, storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { keyOf } from './member-changes.js';

/** Stores what a preview would do; nothing of it is in the ledger. */
export const projectPreviews = async (tx: Queryable, events: readonly MembershipResult[]): Promise<void> => {
  for (const event of events) {
    if (!event.preview) continue;
    await writePreview(tx, event, event.preview);
    await writePreviewMembers(tx, event, event.preview);
  }
};

type Preview = NonNullable<MembershipResult['preview']>;

const writePreview = (tx: Queryable, event: MembershipResult, preview: Preview): Promise<unknown> =>
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

const writePreviewMembers = async (tx: Queryable, event: MembershipResult, preview: Preview): Promise<void> => {
  const rows = event.members.map((member) => ({
    key: keyOf(member),
    resource: member.resource,
    object: member.object,
    name: member.name,
    sort: member.name.toLowerCase(),
    change: changeOf(member),
    code: member.code ?? null,
  }));
  await tx.query(
    `insert into preview_member (command, part, key, resource, object, name, sort, change, code)
     select distinct on (key) $1, $2, key, resource, object, name, sort, change, code
     from jsonb_to_recordset($3::jsonb) as r (key text, resource bigint, object text, name text, sort text, change text, code text)
     on conflict (command, key) do nothing`,
    [preview.command, preview.part, storableJson(rows)],
  );
};

/** A preview tells a member as the run would leave it. */
const changeOf = ({ wanted, state }: MembershipResult['members'][number]): 'add' | 'remove' | 'keep' | 'unresolved' => {
  if (!wanted) return 'remove';
  if (state === 'failed') return 'unresolved';
  return state === 'applied' ? 'keep' : 'add';
};
