import { randomUUID } from 'node:crypto';
import { asAppError, CHUNK_MEMBERS, DEFAULT_POLICY, judgeRemovals, partsOfTarget } from '@collection-sync/core';
import { listMembers, throttleFeedback } from '@collection-sync/graph';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { inReport } from '../report/in-report.js';
import type { Report } from '../report/report.js';
import { dropPages, storePage } from '../sql/listing.js';
import { analyzeFilled, fillIncoming, openMergeTables } from '../sql/merging.js';
import { countRemovals } from '../sql/plans.js';
import { comparePreview, previewMembers, type PreviewCounts } from '../sql/previews.js';
import { ensureTarget, lockTarget, type Target } from '../sql/targets.js';
import { claimPreview, dropTransfer, type Transfer } from '../sql/transfers.js';

const HOLD_MS = 15 * 60_000;
const PAGE_UNITS = 2;

/** Performs the next preview: a listing, a comparison, a telling; the ledger and the group stay as they are. True when there may be more. */
export const previewNext = async (writer: WriterContext, signal: AbortSignal): Promise<boolean> => {
  const transfer = await claimPreview(writer.database, HOLD_MS);
  if (!transfer) return false;
  const listing = randomUUID();
  try {
    await list(writer, transfer, listing, signal);
    await finish(writer, transfer, (tx, target, report) => tell(tx, target, transfer, listing, report));
  } catch (error) {
    if (signal.aborted) return false;
    const { message, advice } = asAppError(error);
    await finish(writer, transfer, async (_tx, _target, report) =>
      report.run(
        { event: 'command-answered', command: commandOf(transfer), accepted: false, message: `${message} ${advice}` },
        transfer,
      ),
    );
  } finally {
    await dropPages(writer.database, listing);
  }
  return true;
};

const commandOf = ({ reason, transfer }: Transfer): string => reason?.replace(/^command:/, '') ?? transfer;

const list = async (writer: WriterContext, transfer: Transfer, listing: string, signal: AbortSignal): Promise<void> => {
  const { tenant, group } = partsOfTarget(transfer.target);
  const pages = listMembers(writer.graph.client(tenant, 'high'), group, {
    names: true,
    signal,
    beforePage: () => spend(writer, tenant, listing, signal),
    onAnswer: async (answer) => {
      const feedback = throttleFeedback([answer]);
      if (feedback) await writer.budget.feedback(tenant, feedback);
    },
  });
  for await (const { items } of pages) {
    const ids = items.map(({ id }) => id.toLowerCase());
    await storePage(
      writer.database,
      listing,
      ids,
      items.map(({ displayName }) => displayName ?? ''),
    );
  }
};

const spend = async (writer: WriterContext, tenant: string, ticket: string, signal: AbortSignal): Promise<void> => {
  for (;;) {
    signal.throwIfAborted();
    const wait = await writer.budget.ask(tenant, 'interactive', ticket, { writes: 0, units: PAGE_UNITS });
    if (wait <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
};

const finish = (
  writer: WriterContext,
  transfer: Transfer,
  work: (tx: Tx, target: Target, report: Report) => Promise<void>,
): Promise<void> =>
  writer.database.transaction(async (tx) => {
    const { tenant, group } = partsOfTarget(transfer.target);
    await ensureTarget(tx, transfer.target, tenant, group);
    const target = await lockTarget(tx, transfer.target);
    if (!target) return;
    await inReport(writer, tx, target, (report) => work(tx, target, report));
    await dropTransfer(tx, transfer.target, transfer.transfer);
  });

const tell = async (tx: Tx, target: Target, transfer: Transfer, listing: string, report: Report): Promise<void> => {
  await openMergeTables(tx);
  await fillIncoming(tx, transfer.target, transfer.transfer, 0, transfer.lastChunk);
  await analyzeFilled(tx);
  const counts = await comparePreview(tx, listing);
  const wouldHold = await guardWouldHold(tx, target, counts);
  const about = { collection: transfer.collection, activated: transfer.activated };
  const preview = { command: commandOf(transfer), ...counts, wouldHold };
  for (let after = 0; ;) {
    const rows = await previewMembers(tx, listing, after, CHUNK_MEMBERS);
    const last = rows.length < CHUNK_MEMBERS;
    report.results(
      rows.map(({ outcome }) => outcome),
      { preview: { ...preview, last } },
      about,
    );
    await report.flush(tx);
    if (last) break;
    after = rows.at(-1)?.place ?? after;
  }
  report.run({ event: 'command-answered', command: preview.command, accepted: true, message: wordsOf(counts) }, about);
};

const guardWouldHold = async (tx: Tx, target: Target, counts: PreviewCounts): Promise<boolean> => {
  const { removals: pending, left } = await countRemovals(tx, target.id);
  const policy = target.state === 'unmapped' ? DEFAULT_POLICY : target.policy;
  const size = counts.keep + counts.remove + left;
  return judgeRemovals(policy.guard, { removals: counts.remove, pending, left, size, perhaps: 0, staying: counts.keep })
    .held;
};

const wordsOf = ({ add, remove, keep, unresolved }: PreviewCounts): string =>
  `A full run would add ${add}, remove ${remove} and keep ${keep}; ${unresolved} have no object in Entra ID.`;
