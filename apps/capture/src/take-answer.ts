import type { RunEvent } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { CaptureContext } from './context.js';
import { lockCollection } from './sql/collection-row.js';
import { noteContentMissing, noteMerged, raiseVersionAbove, transferNo } from './sql/note-answer.js';
import { findTarget, lockTarget } from './sql/target-row.js';

const ANSWERS = ['merged', 'content-missing', 'standing'] as const;
export type WriterAnswer = Extract<RunEvent, { event: (typeof ANSWERS)[number] }>;

export const isAnswer = (event: RunEvent): event is WriterAnswer =>
  (ANSWERS as readonly string[]).includes(event.event);

/**
 * Notes what the writer says of a transfer, or of what it has merged. Ignored: answers about another `activated`, about a transfer older
 * than the last complete one, and `merged` about one that is not remembered.
 */
export const takeAnswer = ({ database, wake }: CaptureContext, answer: WriterAnswer): Promise<void> =>
  database.transaction(async (tx) => {
    const found = await findTarget(tx, answer.target);
    if (!found) return;
    await lockCollection(tx, found.collection);
    const target = await lockTarget(tx, answer.target);
    if (target?.activated !== answer.activated || target.collection !== answer.collection) return;
    if (answer.event === 'standing') {
      // its stream is in order: less than it told before was restored there, more than was sent was restored here
      const restored = answer.version < target.merged || answer.version > (target.sent ?? 0);
      if (restored) await sendAgain(tx, answer, wake);
      return;
    }
    const no = await transferNo(tx, answer.transfer, answer.target);
    if (no !== undefined && no < target.last_complete_no) return;
    if (answer.event === 'merged') {
      if (no === undefined) return;
      const full = answer.mode === 'full' && answer.reason !== undefined && answer.reason === target.full_reason;
      await noteMerged(tx, answer.target, answer.version, full);
      return;
    }
    await sendAgain(tx, answer, wake);
  });

const sendAgain = async (tx: Tx, { target, collection, version }: WriterAnswer, wake: () => void): Promise<void> => {
  await raiseVersionAbove(tx, collection, version);
  await noteContentMissing(tx, target, version);
  tx.afterCommit(wake);
};
