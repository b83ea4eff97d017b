import { ERRORS, type ErrorCode, type ListedCollectionType } from '@collection-sync/core';
import { isoOrNull } from '../http/fields.js';
import type { OverviewRow, Problem } from '../store/overview.js';
import type { CollectionRow, TargetProblem } from './collections.contract.js';

export const toCollectionRow = (row: OverviewRow): CollectionRow => ({
  collectionId: row.collection,
  collectionName: row.name,
  groupId: row.groupId,
  groupName: row.groupName,
  cloudSyncStatus: row.word,
  memberCount: row.memberCount,
  syncCompleted: row.completed,
  syncInProgress: row.inProgress,
  syncWaiting: row.waiting,
  syncFailed: row.failed,
  cloudServiceId: row.tenant,
  collectionType: typeName(row.type),
  lastFullSyncMemberCount: row.lastFullMembers,
  lastFullSyncStatus: row.lastFullStatus,
  lastFullSyncTime: isoOrNull(row.lastFullAt),
  lastSyncMemberCount: row.lastSyncMembers,
  lastSyncStatus: row.lastSyncStatus,
  lastSyncTime: isoOrNull(row.lastSyncAt),
  collectionState: row.collectionState,
  target: row.target || null,
  tenantId: row.tenant,
  problem: problemOf(row.problem),
  statusDetail: detailOf(row),
  syncRemoving: row.removing,
  syncKept: row.kept,
  syncHeld: row.held,
  syncExcluded: row.excluded,
  sourceCheckedTime: isoOrNull(row.checkedAt),
  capturedTime: isoOrNull(row.capturedAt),
  mergedTime: isoOrNull(row.mergedAt),
  appliedTime: isoOrNull(row.appliedAt),
});

/** What the row of a target, or of a directory, says of a failure. */
export const problemOf = (problem: Problem | null): TargetProblem | null =>
  problem && {
    code: problem.code,
    message: problem.message,
    advice: problem.advice ?? (problem.code in ERRORS ? ERRORS[problem.code as ErrorCode].advice : ''),
    since: problem.at === undefined ? null : new Date(problem.at).toISOString(),
  };

const detailOf = ({ problem, waiting, failed, inProgress, held }: OverviewRow): string | null => {
  if (problem) return problem.message;
  if (waiting === 0 || failed + inProgress + held > 0) return null;
  const members = waiting === 1 ? '1 member waits for its record' : `${waiting} members wait for their record`;
  return `${members} in Entra ID. Nobody has to act: they join when it appears.`;
};

const TYPE_NAME = { device: 'Device', user: 'User', other: 'Other' } as const;
export const typeName = (type: ListedCollectionType): (typeof TYPE_NAME)[ListedCollectionType] => TYPE_NAME[type];
