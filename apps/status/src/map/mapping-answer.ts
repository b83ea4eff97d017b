import { policy } from '@collection-sync/core';
import type { MappingRow } from '../store/mappings.js';
import type { MappingAnswer } from './mappings.contract.js';

export const toAnswer = (row: MappingRow): MappingAnswer => ({
  target: row.target,
  tenantId: row.tenant,
  groupId: row.group,
  groupName: row.groupName,
  collectionId: row.collection,
  collectionName: row.collectionName,
  collectionType: row.collectionType,
  state: row.state,
  pausedBy: row.pausedBy,
  onDelete: row.onDelete,
  // a mapping of an earlier release lacks what has been added since
  policy: policy.parse(row.policy),
  schedule: row.schedule,
  version: row.version,
  activated: row.activated,
  changedAt: row.changedAt.toISOString(),
  changedBy: row.changedBy,
});
