import type { RunEvent } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { CaptureContext } from './context.js';
import { lockCollection } from './sql/collection-row.js';
import { askRead } from './sql/ask-read.js';
import { noteAnswered, noteContentMissing, noteMerged, raiseVersionAbove, transferNo } from './sql/note-answer.js';
import { askFull, findTarget, lockTarget, type TargetRow } from './sql/target-row.js';

const ANSWERS = ['merged', 'content-missing', 'standing'] as const;
export type WriterAnswer = Extract<RunEvent, { event: (typeof ANSWERS)[number] }>;

export const isAnswer = (event: RunEvent): event is WriterAnswer =>
  (ANSWERS as readonly string[]).includes(event.event);

/**
 * Notes what the writer says of a transfer, or of what it has merged. Ignored: answers about another `activated`, about a transfer older
 * than the last complete one, and `merged` about one that is not remembered.
 */
export const takeAnswer = (context: CaptureContext, answer: WriterAnswer): Promise<void> =>
  context.database.transaction(async (tx) => {
    const found = await findTarget(tx, answer.target);
    if (!found) return;
    await lockCollection(tx, found.collection);
    const target = await lockTarget(tx, answer.target);
    if (target?.activated !== answer.activated || target.collection !== answer.collection) return;
    const news = await noteAnswered(tx, answer.target, answer.number);
    if (answer.event === 'standing') {
      if (news) await healRestored(context, tx, target, answer);
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
    await sendAgain(context, tx, answer);
  });

const sendAgain = async (
  { wake }: CaptureContext,
  tx: Tx,
  { target, collection, version }: WriterAnswer,
): Promise<void> => {
  await raiseVersionAbove(tx, collection, version);
  await noteContentMissing(tx, target, version);
  tx.afterCommit(wake);
};

/**
 * What the writer tells is in order. So if it has merged less than it told before, its database was restored: its ledger does not know what
 * it has done to the group since, and only a full run can find out. If it has merged what was never sent, ours was restored.
 */
const healRestored = async (
  context: CaptureContext,
  tx: Tx,
  { target, collection, collection_type: type, merged, sent }: TargetRow,
  answer: Extract<WriterAnswer, { event: 'standing' }>,
): Promise<void> => {
  const theirs = answer.version < merged;
  if (!theirs && answer.version <= (sent ?? 0)) return;
  await sendAgain(context, tx, answer);
  if (theirs) await askFull(tx, target, `restored:${answer.number}`, await askRead(tx, collection, type));
  context.log.warn(
    { target, collection },
    theirs
      ? 'the database of the writer was restored: the group gets a full synchronisation'
      : 'the database of capture was restored: the complete content goes again',
  );
};
