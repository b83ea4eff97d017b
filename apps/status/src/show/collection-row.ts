import type { ListedCollectionType } from '@collection-sync/core';
import { isoOrNull } from '../http/fields.js';
import type { OverviewRow } from '../store/overview.js';
import type { CollectionRow } from './collections.contract.js';

export const toCollectionRow = (row: OverviewRow): CollectionRow => ({
  collectionId: row.collection,
  collectionName: row.name,
  groupId: row.groupId,
  groupName: row.groupName,
  cloudSyncStatus: row.word,
  memberCount: row.memberCount,
  syncCompleted: row.completed,
  syncInProgress: row.inProgress,
  syncFailed: row.failed,
  cloudServiceId: row.tenant,
  collectionType: typeName(row.type),
  lastFullSyncMemberCount: row.lastFullMembers,
  lastFullSyncStatus: row.lastFullStatus,
  lastFullSyncTime: isoOrNull(row.lastFullAt),
  lastSyncMemberCount: row.lastSyncMembers,
  lastSyncStatus: row.lastSyncStatus,
  lastSyncTime: isoOrNull(row.lastSyncAt),
  target: row.target || null,
  tenantId: row.tenant,
  syncHeld: row.held,
  syncExcluded: row.excluded,
  sourceCheckedTime: isoOrNull(row.checkedAt),
  capturedTime: isoOrNull(row.capturedAt),
  mergedTime: isoOrNull(row.mergedAt),
  appliedTime: isoOrNull(row.appliedAt),
});

const TYPE_NAME = { device: 'Device', user: 'User', other: 'Other' } as const;
export const typeName = (type: ListedCollectionType): (typeof TYPE_NAME)[ListedCollectionType] => TYPE_NAME[type];
