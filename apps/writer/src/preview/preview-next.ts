import { asAppError, DEFAULT_POLICY, judgeRemovals, partsOfTarget } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { withTarget } from '../target-session.js';
import { CLAIM_MS, isPassing } from './claims.js';
import { reportPreview } from './report-preview.js';
import { listGroup } from '../list-group.js';
import { dropPages } from '../store/listing.js';
import { fillIncoming, openMergeTables } from '../store/merging.js';
import { comparePreview, countPreviewRemovals, type PreviewCounts } from '../store/previews.js';
import { ensureTarget, lockTarget, readTarget } from '../store/targets.js';
import {
  claimPreview,
  dropTransfer,
  releasePreview,
  renewPreview,
  type ClaimedPreview,
  type Transfer,
} from '../store/transfers.js';

/**
 * Performs the next preview: a listing, a comparison, one telling; the ledger and the group stay as they are. A claim that was lost to another
 * worker tells nothing. True when there may be more.
 */
export const previewNext = async (writer: WriterContext, signal: AbortSignal): Promise<boolean> => {
  const { database } = writer;
  const transfer = await claimPreview(database, CLAIM_MS);
  if (!transfer) return false;
  try {
    await list(writer, transfer, signal);
    await finish(writer, transfer, (tx) => reportCompared(writer, tx, transfer));
  } catch (error) {
    if (signal.aborted || isPassing(error)) {
      await releasePreview(database, transfer);
      if (signal.aborted) return false;
      throw error;
    }
    const { message, advice } = asAppError(error);
    await finish(writer, transfer, () => Promise.resolve({ accepted: false, message: `${message} ${advice}` }));
  }
  return true;
};

const commandOf = ({ reason, transfer }: Transfer): string => reason?.replace(/^command:/, '') ?? transfer;

/** A listing belongs to its claim: what one that was lost has stored is dropped by maintenance. */
const list = async (writer: WriterContext, transfer: ClaimedPreview, signal: AbortSignal): Promise<void> => {
  const { tenant, group } = partsOfTarget(transfer.target);
  const client = writer.graph.writer(tenant, { priority: 'high' });
  const goOn = (): Promise<boolean> => renewPreview(writer.database, transfer, CLAIM_MS);
  await listGroup(writer.database, client, group, { listing: transfer.claim, names: true, signal, goOn });
};

/** One transaction under the row of the claim, so that one worker tells all of it; the row of the target is locked for the last word only. */
const finish = async (
  writer: WriterContext,
  transfer: ClaimedPreview,
  work: (tx: Tx) => Promise<{ accepted: boolean; message: string }>,
): Promise<void> => {
  const { tenant, group } = partsOfTarget(transfer.target);
  await ensureTarget(writer.database, transfer.target, tenant, group);
  await writer.database.transaction(async (tx) => {
    if (!(await renewPreview(tx, transfer, CLAIM_MS))) return;
    const answer = await work(tx);
    await dropPages(tx, transfer.claim);
    await dropTransfer(tx, transfer.target, transfer.transfer);
    const target = await lockTarget(tx, transfer.target);
    if (!target) throw new Error(`the row of target ${transfer.target} is missing`);
    await withTarget(writer, tx, target, ({ report }) =>
      Promise.resolve(report.run({ event: 'command-answered', command: commandOf(transfer), ...answer }, transfer)),
    );
  });
};

const reportCompared = async (
  writer: WriterContext,
  tx: Tx,
  transfer: ClaimedPreview,
): Promise<{ accepted: true; message: string }> => {
  await openMergeTables(tx);
  await fillIncoming(tx, transfer.target, transfer.transfer, 0, transfer.lastChunk);
  const counts = await comparePreview(tx, transfer.claim);
  const target = await readTarget(tx, transfer.target);
  const { guard } = target.state === 'unmapped' ? DEFAULT_POLICY : target.policy;
  const wouldHold = judgeRemovals(guard, await countPreviewRemovals(tx, target.id, transfer.claim)).held;
  const preview = { command: commandOf(transfer), ...counts, wouldHold };
  await reportPreview(writer, tx, { ...transfer, merged: target.merged }, preview);
  return { accepted: true, message: wordsOf(counts) };
};

const wordsOf = ({ add, remove, keep, unresolved }: PreviewCounts): string =>
  `A full run would add ${add}, remove ${remove} and keep ${keep}; ${unresolved} have no object in Entra ID.`;
