import type { GuardVerdict } from '@collection-sync/core';
import { traced } from '@collection-sync/platform';
import type { WriterContext } from '../context.js';
import { noteDone, workOnNext } from '../put-off.js';
import { countPending } from '../store/pending.js';
import { requestFull } from '../store/full-reasons.js';
import { forgetParting } from '../store/merging.js';
import { openRun } from '../store/runs.js';
import { lockTargetToMerge, setDue, type Target } from '../store/targets.js';
import { dropTransfer, isAnyReady, nextTransfer, type Transfer } from '../store/transfers.js';
import { withTarget, type TargetSession } from '../target-session.js';
import { judgeTransfer, type TransferVerdict } from './judge-transfer.js';
import { mergeStep } from './merge-step.js';

/** Merges the next step of a transfer that has all its chunks, or answers it: one transaction. True when there may be more. */
export const mergeNext = (writer: WriterContext): Promise<boolean> =>
  workOnNext(writer, 'merge', (at) => mergeOneStep(writer, at));

const mergeOneStep = async (writer: WriterContext, at: (target: Target) => void): Promise<boolean> => {
  if (!(await isAnyReady(writer.database))) return false;
  const step = await writer.database.transaction(async (tx) => {
    const target = await lockTargetToMerge(tx);
    if (target) at(target);
    const transfer = target && (await nextTransfer(tx, target.target, target.activated));
    if (!transfer) return target && 'elsewhere';
    const verdict = judgeTransfer(target, transfer);
    const about = { target: transfer.target, transfer: transfer.transfer, collection: transfer.collection, verdict };
    const work = async (session: TargetSession): Promise<boolean> => {
      const all = await answer(session, transfer, verdict);
      await noteDone(session, 'merge');
      return all;
    };
    const done = await traced('merge', about, () => withTarget(writer, tx, target, work, transfer.snapshotPart), {
      parent: transfer.trace,
    });
    return { verdict, transfer, done };
  });
  if (!step || step === 'elsewhere') return step !== undefined;
  const { verdict, transfer, done } = step;
  const { target, lastChunk, nextChunk, to } = transfer;
  writer.log.debug(
    { target, transfer: transfer.transfer, to, verdict, chunk: nextChunk, lastChunk, done },
    'merge step',
  );
  if (!done) return true;
  writer.metrics.merges.inc({ answer: verdict });
  if (verdict === 'merge') {
    const seconds = Math.max(0, (Date.now() - transfer.readAt.getTime()) / 1_000);
    writer.metrics.mergeDelay.observe({ content: transfer.content }, seconds);
  }
  await writer.settings.onPoint?.('writer.merged');
  return true;
};

/** False when the transfer has more steps to go. */
const answer = async (session: TargetSession, transfer: Transfer, verdict: TransferVerdict): Promise<boolean> => {
  const { tx, target, report } = session;
  const previous = target.merged;
  if (verdict === 'merge') {
    const step = await mergeStep(session, transfer);
    if (!step.done) return false;
    await answerMerged(session, transfer, previous, step.guard);
  } else if (verdict === 'known') await answerMerged(session, transfer, previous, undefined);
  else if (verdict === 'missing') {
    report.run({ event: 'content-missing', transfer: transfer.transfer, version: target.merged });
  }
  if (verdict !== 'merge' && transfer.nextChunk > 0) await forgetParting(tx, target.id);
  await dropTransfer(tx, transfer.target, transfer.transfer);
  return true;
};

/** Says so to capture, and makes the target due if that left something to do. What is pending while a run is open joins it. */
const answerMerged = async (
  { tx, target, report }: TargetSession,
  transfer: Transfer,
  previous: number,
  guard: GuardVerdict | undefined,
): Promise<void> => {
  const { adds, removes } = await countPending(tx, target.id);
  report.run({
    event: 'merged',
    transfer: transfer.transfer,
    mode: transfer.mode,
    content: transfer.content,
    ...(transfer.reason === null ? {} : { reason: transfer.reason }),
    version: target.merged,
    previous,
    pending: adds + removes,
    readAt: transfer.readAt.toISOString(),
    ...(guard ? { guard } : {}),
  });
  if (target.state !== 'active') return;
  if (transfer.mode === 'full' && transfer.reason !== null && (await requestFull(tx, target.id, transfer.reason))) {
    await setDue(tx, target.id, 'full', transfer.reason);
  } else if (adds + removes > 0 && !(await openRun(tx, target.id))) {
    await setDue(tx, target.id, 'incremental', `version ${target.merged}`);
  }
};
