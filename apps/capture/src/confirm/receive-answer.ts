import type { RunEvent } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { CaptureContext } from '../context.js';
import { lockCollection, requestRead } from '../store/collections.js';
import {
  type TargetRow,
  findTarget,
  lockTarget,
  raiseVersionAbove,
  recordAnswer,
  recordContentMissing,
  recordMerged,
  requestFull,
  transferNo,
} from '../store/targets.js';

const ANSWERS = ['merged', 'content-missing', 'ledger-version'] as const;
export type WriterAnswer = Extract<RunEvent, { event: (typeof ANSWERS)[number] }>;

export const isAnswer = (event: RunEvent): event is WriterAnswer =>
  (ANSWERS as readonly string[]).includes(event.event);

/** Notes what the writer says of a transfer, or of what it has merged. Ignored: what it says about another `activated`. */
export const receiveAnswer = (context: CaptureContext, answer: WriterAnswer): Promise<void> =>
  context.database.transaction(async (tx) => {
    const found = await findTarget(tx, answer.target);
    if (!found) return;
    const collection = await lockCollection(tx, found.collection);
    const target = await lockTarget(tx, answer.target);
    if (target?.activated !== answer.activated || target.collection !== answer.collection) return;
    const news = await recordAnswer(tx, answer.target, answer.sequence);
    if (answer.event !== 'ledger-version') await noteTransfer(context, tx, target, answer);
    if (!news) return;
    if (wentBack(target, answer)) await healLedger(context, tx, target, answer);
    // what was sent is noted after its last ack: until then the writer may know of a version that is ours, and not of a lost one
    else if (
      answer.event === 'ledger-version' &&
      answer.version > Math.max(target.sent ?? 0, collection?.version ?? 0)
    ) {
      await sendAgain(context, tx, answer);
      context.log.warn(
        { target: target.target },
        'the database of capture was restored: the complete content goes again',
      );
    }
  });

/** Ignored: what is said about a transfer older than the last complete one, and `merged` about one that is not remembered. */
const noteTransfer = async (
  context: CaptureContext,
  tx: Tx,
  target: TargetRow,
  answer: Exclude<WriterAnswer, { event: 'ledger-version' }>,
): Promise<void> => {
  const no = await transferNo(tx, answer.transfer, answer.target);
  if (no !== undefined && no < target.lastCompleteNo) return;
  if (answer.event === 'content-missing') return sendAgain(context, tx, answer);
  if (no === undefined) return;
  const full = answer.mode === 'full' && answer.reason !== undefined && answer.reason === target.fullReason;
  await recordMerged(tx, answer.target, answer.version, full);
};

const sendAgain = async (
  { wake }: CaptureContext,
  tx: Tx,
  { target, collection, version }: WriterAnswer,
): Promise<void> => {
  await raiseVersionAbove(tx, collection, version);
  await recordContentMissing(tx, target, version);
  tx.afterCommit(wake);
};

/** What the writer reports is in order. So if it had merged less than it reported before, its database was restored. */
const wentBack = ({ merged }: TargetRow, answer: WriterAnswer): boolean =>
  (answer.event === 'merged' ? (answer.previous ?? merged) : answer.version) < merged;

/** A restored ledger does not know what was done to the group since, and only a full run can find out. */
const healLedger = async (
  context: CaptureContext,
  tx: Tx,
  { target, collection, collectionType: type, state }: TargetRow,
  answer: WriterAnswer,
): Promise<void> => {
  if (answer.event === 'ledger-version') await sendAgain(context, tx, answer);
  await requestFull(tx, target, `restored:${answer.sequence}`, await requestRead(tx, collection, type));
  tx.afterCommit(context.wake);
  // a mapping that is deleted loses its ledger, and may yet be mapped again
  if (state === 'active' || state === 'paused')
    context.log.warn({ target }, 'the database of the writer was restored: the group gets a full synchronisation');
};
