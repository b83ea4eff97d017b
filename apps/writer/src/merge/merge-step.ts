import { randomUUID } from 'node:crypto';
import type { GuardVerdict } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import { closeEmptied } from '../guard/plans.js';
import { closeSnapshot, reportIncoming, reportLeaving } from '../report/report-members.js';
import { dropLeavingCandidates, storeCandidates } from '../store/candidates.js';
import { noteLateJoiners } from '../store/late-joiners.js';
import {
  analyzeFilled,
  dropLeaving,
  fillIncoming,
  fillLeavingByComplete,
  fillLeavingByDelta,
  fillNamed,
  forgetParting,
  noteParting,
  openMergeTables,
  storeMembers,
  touchParted,
  touchUnclaimed,
  touchWantedNow,
} from '../store/merging.js';
import { storeMerged, type Target } from '../store/targets.js';
import { storeStep, type Transfer } from '../store/transfers.js';
import type { TargetSession } from '../target-session.js';
import { applyDesiredChanges } from './apply-desired-changes.js';

const WORTH_ANALYZING = 500;

export type MergeStep = { readonly done: false } | { readonly done: true; readonly guard: GuardVerdict | undefined };

/**
 * Takes a transfer one step further into the ledger. Members join with each step, and adds may flow at once; nothing becomes unwanted before
 * the last one, which has all removals for the guard to judge together. Until then the ledger wants what it wanted before, and what was
 * merged so far, so a run between two steps never removes too much.
 */
export const mergeStep = async (session: TargetSession, transfer: Transfer): Promise<MergeStep> => {
  const { writer, tx, target, report } = session;
  const complete = transfer.content === 'complete';
  const next = transfer.nextChunk + writer.settings.mergeChunks;
  const last = next > transfer.lastChunk;
  await openMergeTables(tx);
  const named = await fillIncoming(tx, transfer.target, transfer.transfer, transfer.nextChunk, next - 1);
  await noteParting(tx, target.id);
  await noteLateJoiners(tx, target.id);
  await storeCandidates(tx, target.id);
  await storeMembers(tx, target.id);
  let flips = await touchWantedNow(tx, target.id);
  if (last) flips += await partWithLeaving(tx, target, transfer);
  if (named + flips > WORTH_ANALYZING) await analyzeFilled(tx);
  const guard = flips > 0 ? await applyDesiredChanges(session) : undefined;
  if (flips > 0) await closeEmptied(session);
  if (last) {
    target.merged = transfer.to;
    if (complete) target.completeFor = target.activated;
    await storeMerged(tx, target.id, target.merged, target.completeFor);
  }
  const snapshot = complete ? (transfer.snapshot ?? randomUUID()) : undefined;
  await reportIncoming(session, snapshot);
  if (!last) {
    await storeStep(tx, { ...transfer, nextChunk: next, snapshot: snapshot ?? null, snapshotPart: report.part });
    return { done: false };
  }
  await (snapshot === undefined ? reportLeaving(session) : closeSnapshot(session, snapshot));
  return { done: true, guard };
};

/** All members are there: who is not among them leaves, and the objects that nobody wants any more are touched. Answers how many. */
const partWithLeaving = async (tx: Tx, target: Target, transfer: Transfer): Promise<number> => {
  const complete = transfer.content === 'complete';
  await fillNamed(tx, transfer.target, transfer.transfer);
  await (complete
    ? fillLeavingByComplete(tx, target.id)
    : fillLeavingByDelta(tx, target.id, transfer.target, transfer.transfer));
  await dropLeavingCandidates(tx, target.id);
  await dropLeaving(tx, target.id);
  const unwanted = await (complete ? touchUnclaimed : touchParted)(tx, target.id);
  await forgetParting(tx, target.id);
  return unwanted;
};
