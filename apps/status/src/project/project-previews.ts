import type { MembershipResult } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { savePreview, savePreviewMembers, type Preview } from '../store/previews.js';
import { keyOf } from './member-changes.js';

/** Stores what a preview would do; nothing of it is in the ledger. */
export const projectPreviews = async (tx: Queryable, events: readonly MembershipResult[]): Promise<void> => {
  for (const event of events) {
    if (!event.preview) continue;
    await savePreview(tx, event, event.preview);
    await writePreviewMembers(tx, event, event.preview);
  }
};

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
  await savePreviewMembers(tx, preview, rows);
};

/** A preview tells a member as the run would leave it. */
const changeOf = ({ wanted, state }: MembershipResult['members'][number]): 'add' | 'remove' | 'keep' | 'unresolved' => {
  if (!wanted) return 'remove';
  if (state === 'failed') return 'unresolved';
  return state === 'applied' ? 'keep' : 'add';
};
