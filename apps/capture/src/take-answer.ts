import type { RunEvent } from '@collection-sync/core';
import type { CaptureContext } from './context.js';
import { lockCollection } from './sql/collection-row.js';
import { noteContentMissing, noteMerged, raiseVersionAbove, transferNo } from './sql/note-answer.js';
import { findTarget, lockTarget } from './sql/target-row.js';

export type WriterAnswer = Extract<RunEvent, { event: 'merged' | 'content-missing' }>;

export const isAnswer = (event: RunEvent): event is WriterAnswer =>
  event.event === 'merged' || event.event === 'content-missing';

/**
 * Notes what the writer says of a transfer. Ignored: answers about another `activated`, about a transfer older than the last complete one,
 * and `merged` about one that is not remembered.
 */
export const takeAnswer = ({ database, wake }: CaptureContext, answer: WriterAnswer): Promise<void> =>
  database.transaction(async (tx) => {
    const found = await findTarget(tx, answer.target);
    if (!found) return;
    await lockCollection(tx, found.collection);
    const target = await lockTarget(tx, answer.target);
    if (target?.activated !== answer.activated || target.collection !== answer.collection) return;
    const no = await transferNo(tx, answer.transfer, answer.target);
    if (no !== undefined && no < target.last_complete_no) return;
    if (answer.event === 'merged') {
      if (no === undefined) return;
      const full = answer.mode === 'full' && answer.reason !== undefined && answer.reason === target.full_reason;
      await noteMerged(tx, answer.target, answer.version, full);
      return;
    }
    await raiseVersionAbove(tx, target.collection, answer.version);
    await noteContentMissing(tx, answer.target, answer.version);
    tx.afterCommit(wake);
  });
