import type { Reason } from '@collection-sync/core';
import type { MovementRow } from '../store/movements.js';
import type { MovementAnswer } from './movements.contract.js';

export const toMovementAnswer = (row: MovementRow): MovementAnswer => ({
  name: row.name,
  change: row.change,
  reason: row.code as Reason | null,
  time: new Date(row.number).toISOString(),
  resourceId: row.resource,
  objectId: row.object,
});
