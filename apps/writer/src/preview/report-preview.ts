import { CHUNK_MEMBERS, chunksOf, encodeEvent, TOPICS, type MembershipResult } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type WriterContext } from '../context.js';
import { previewMembers } from '../store/previews.js';

/**
 * Tells what a run would do. The records go beside the stream of the target, without a number of it: nothing of them is in the ledger, and nobody
 * waits for its row.
 */
export const reportPreview = async (
  writer: WriterContext,
  tx: Tx,
  { target, collection, activated, merged }: Pick<MembershipResult, 'target' | 'collection' | 'activated' | 'merged'>,
  preview: Omit<NonNullable<MembershipResult['preview']>, 'part' | 'last'>,
): Promise<void> => {
  const about = { target, collection, activated, merged, sequence: 0, previous: 0 };
  let part = 0;
  for (let after = 0; ;) {
    const rows = await previewMembers(tx, after, CHUNK_MEMBERS);
    const end = rows.length < CHUNK_MEMBERS;
    const records = [...chunksOf(rows.map(({ outcome }) => outcome))].map(({ items: members, last }) => {
      const event = { ...about, members, preview: { ...preview, part: part++, last: end && last } };
      return encodeEvent(TOPICS.membershipResult, event, SERVICE, traceparent());
    });
    await writer.outbox.add(tx, records);
    if (end) return;
    after = rows.at(-1)?.position ?? after;
  }
};
