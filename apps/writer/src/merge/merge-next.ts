import type { GuardVerdict } from '@collection-sync/core';
import { traced } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { inReport } from '../report/in-report.js';
import type { Report } from '../report/report.js';
import { countPending } from '../sql/entries.js';
import { askFull } from '../sql/full-reasons.js';
import { openRun } from '../sql/runs.js';
import { lockTargetToMerge, setDue, type Target } from '../sql/targets.js';
import { dropChunks, dropTransfer, nextTransfer, type Transfer } from '../sql/transfers.js';
import { judgeTransfer } from './judge-transfer.js';
import { mergeContent } from './merge-content.js';

/** Merges, or answers, the next transfer that has all its chunks: one transaction. True when there may be more. */
export const mergeNext = async (writer: WriterContext): Promise<boolean> => {
  const merged = await writer.database.transaction(async (tx) => {
    const target = await lockTargetToMerge(tx);
    const transfer = target && (await nextTransfer(tx, target.target, target.activated));
    if (!target || !transfer) return undefined;
    const verdict = judgeTransfer(target, transfer);
    const about = { target: transfer.target, transfer: transfer.transfer, collection: transfer.collection, verdict };
    await traced('merge', about, () => answer(writer, tx, target, transfer, verdict), { parent: transfer.trace });
    await dropChunks(tx, transfer.target, transfer.transfer);
    await dropTransfer(tx, transfer.target, transfer.transfer);
    return { verdict, transfer };
  });
  if (!merged) return false;
  const { verdict, transfer } = merged;
  writer.metrics.merges.inc({ answer: verdict });
  if (verdict === 'merge') {
    const seconds = Math.max(0, (Date.now() - transfer.readAt.getTime()) / 1_000);
    writer.metrics.mergeDelay.observe({ content: transfer.content }, seconds);
  }
  writer.log.debug(
    { target: transfer.target, transfer: transfer.transfer, to: transfer.to, verdict },
    'transfer answered',
  );
  await writer.settings.onPoint?.('writer.merged');
  return true;
};

const answer = (
  writer: WriterContext,
  tx: Tx,
  target: Target,
  transfer: Transfer,
  verdict: ReturnType<typeof judgeTransfer>,
): Promise<void> =>
  inReport(writer, tx, target, async (report) => {
    const previous = target.merged;
    const guard = verdict === 'merge' ? await mergeContent(writer, tx, target, transfer, report) : undefined;
    if (verdict === 'merge' || verdict === 'known') await answerMerged(tx, target, transfer, report, previous, guard);
    if (verdict === 'missing') {
      report.run({ event: 'content-missing', transfer: transfer.transfer, version: target.merged });
    }
  });

/** Says so to capture, and makes the target due if that left something to do. What is pending while a run is open joins it. */
const answerMerged = async (
  tx: Tx,
  target: Target,
  transfer: Transfer,
  report: Report,
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
  if (transfer.mode === 'full' && transfer.reason !== null && (await askFull(tx, target.id, transfer.reason))) {
    await setDue(tx, target.id, 'full', transfer.reason);
  } else if (adds + removes > 0 && !(await openRun(tx, target.id))) {
    await setDue(tx, target.id, 'incremental', `version ${target.merged}`);
  }
};
