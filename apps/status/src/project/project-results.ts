import type { MembershipResult } from '@collection-sync/core';
import type { Database, Tx } from '@collection-sync/postgres';
import { changeChannel, noteChanges } from '../live/live.js';
import { refreshOverview } from './refresh-overview.js';
import { foldOutcomes, keyOf } from './member-changes.js';
import { followMembers, keysOf } from './follow-members.js';
import { storeMovements } from '../store/movements.js';
import { addSnapshotPart, applyMemberChanges, closeSnapshot, dropSnapshot, knownMembers } from '../store/members.js';
import { projectPreviews } from './project-previews.js';
import { forgetReports, lockTargetRow, saveTargetRow, type TargetRow } from '../store/targets.js';
import { collectionsOf } from '../store/mappings.js';

/** Members in one statement at most. */
const MAX_MEMBERS_AT_ONCE = 10_000;

/**
 * Projects a segment of one target's stream, in one transaction. What is older than the number reached is known already. A gap is
 * noted; a report is then asked for, and its snapshot closes it.
 */
export const projectResults = (
  database: Database,
  target: string,
  events: readonly MembershipResult[],
): Promise<void> =>
  database.transaction(async (tx) => {
    const before = await lockTargetRow(tx, target);
    const after = { ...before };
    const results: MembershipResult[] = [];
    const previews: MembershipResult[] = [];
    for (const event of events) {
      if (event.preview) {
        previews.push(event);
        // reported in the same stream, or beside it
        if (event.previous === after.resultNumber) after.resultNumber = event.sequence;
      } else if (event.sequence > after.resultNumber) {
        follow(after, event);
        results.push(event);
      }
    }
    for (const segment of segments(results)) await projectSegment(tx, after, segment);
    await projectPreviews(tx, previews);
    await saveTargetRow(tx, before, after);
    const channel = changeChannel(database);
    await noteChanges(
      tx,
      channel,
      'preview',
      previews.flatMap(({ preview }) => preview?.command ?? []),
    );
    if (results.length === 0) return;
    await noteChanges(tx, channel, 'target', [target]);
    await refreshOverview(tx, await collectionsOf(tx, target));
  });

const follow = (row: TargetRow, event: MembershipResult): void => {
  if (event.previous > row.resultNumber) {
    row.gap = true;
    row.snapshotNext = null;
  }
  row.resultNumber = event.sequence;
};

/** Statements grow with members, not with records; a part of a snapshot is never joined with anything else. */
const segments = (events: readonly MembershipResult[]): MembershipResult[][] => {
  const all: MembershipResult[][] = [];
  let members = 0;
  for (const event of events) {
    const current = all.at(-1);
    const before = current?.at(-1);
    const fits =
      before &&
      !!before.snapshot === !!event.snapshot &&
      before.snapshot?.id === event.snapshot?.id &&
      !before.snapshot?.last;
    if (current && fits && members + event.members.length <= MAX_MEMBERS_AT_ONCE) current.push(event);
    else {
      all.push([event]);
      members = 0;
    }
    members += event.members.length;
  }
  return all;
};

const projectSegment = async (tx: Tx, row: TargetRow, events: readonly MembershipResult[]): Promise<void> => {
  const current = events.filter(({ activated }) => {
    row.resultActivated = Math.max(row.resultActivated, activated);
    return activated === row.resultActivated;
  });
  const last = current.at(-1);
  if (!last) return;
  row.resultCollection = last.collection;
  row.resultMerged = last.merged;
  const outcomes = current.flatMap(({ sequence, members }) =>
    members.map((member) => ({ ...member, number: sequence })),
  );
  const known = await knownMembers(tx, row.no, outcomes.flatMap(keysOf));
  const stored = new Set(known.keys());
  await storeMovements(tx, row.no, followMembers(known, outcomes));
  await applyMemberChanges(tx, row.no, foldOutcomes(outcomes), stored);
  for (const event of current) {
    if (event.snapshot) await followSnapshot(tx, row, event);
    else if (row.snapshotNext !== null) await nameInSnapshot(tx, row, event);
  }
};

/** What is reported between the parts of a snapshot is named as well. */
const nameInSnapshot = (tx: Tx, row: TargetRow, event: MembershipResult): Promise<unknown> =>
  addSnapshotPart(tx, row.no, -event.sequence, event.members.map(keyOf));

const followSnapshot = async (tx: Tx, row: TargetRow, event: MembershipResult): Promise<void> => {
  const { id, part, last } = event.snapshot ?? { id: '', part: 0, last: false };
  if (part === 0) {
    await dropSnapshot(tx, row.no);
    row.snapshotId = id;
    row.snapshotNext = 0;
  }
  if (row.snapshotId !== id || row.snapshotNext !== part) {
    row.snapshotNext = null;
    row.gap = true;
    return;
  }
  await addSnapshotPart(tx, row.no, part, event.members.map(keyOf));
  row.snapshotNext = part + 1;
  if (!last) return;
  await closeSnapshot(tx, row.no);
  row.snapshotId = null;
  row.snapshotNext = null;
  row.gap = false;
  await forgetReports(tx, row.no);
};
