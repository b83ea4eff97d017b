import type { GuardVerdict } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { closeEmptied } from '../guard/plans.js';
import type { Report } from '../report/report.js';
import { tellDelta, tellSnapshot } from '../report/tell-members.js';
import { noteLateJoiners } from '../sql/late-joiners.js';
import {
  analyzeIncoming,
  dropLeaving,
  fillIncoming,
  fillLeavingByComplete,
  fillLeavingByDelta,
  markFlips,
  openMergeTables,
  storeMembers,
  touchByDisagreement,
  touchByMembers,
} from '../sql/merging.js';
import { storeMerged, type Target } from '../sql/targets.js';
import type { Transfer } from '../sql/transfers.js';
import { flipWishes } from './flip-wishes.js';

const WORTH_ANALYZING = 500;

/**
 * Brings the ledger to what a transfer says: members by resource, then the wish for each object that this flips. Answers what the guard
 * said of the removals among them.
 */
export const mergeContent = async (
  writer: WriterContext,
  tx: Tx,
  target: Target,
  transfer: Transfer,
  report: Report,
): Promise<GuardVerdict | undefined> => {
  const complete = transfer.content === 'complete';
  await openMergeTables(tx);
  const named = await fillIncoming(tx, transfer.target, transfer.transfer);
  if (named > WORTH_ANALYZING) await analyzeIncoming(tx);
  await (complete ? fillLeavingByComplete(tx, target.id) : fillLeavingByDelta(tx, transfer.target, transfer.transfer));
  await touchByMembers(tx, target.id);
  await noteLateJoiners(tx, target.id);
  await storeMembers(tx, target.id);
  await dropLeaving(tx, target.id);
  if (complete) await touchByDisagreement(tx, target.id);
  let guard: GuardVerdict | undefined;
  if ((await markFlips(tx, target.id)) > 0) {
    guard = await flipWishes(writer, tx, target, report);
    await closeEmptied(tx, target, report);
  }
  target.merged = transfer.to;
  if (complete) target.completeFor = target.activated;
  await storeMerged(tx, target.id, target.merged, target.completeFor);
  await (complete ? tellSnapshot : tellDelta)(tx, target, report);
  return guard;
};
