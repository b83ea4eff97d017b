import type { Reason } from '@collection-sync/core';
import type { GroupMovement, Movement } from '../store/movements.js';
import type { MemberEvent, MovementAnswer } from './movements.contract.js';

const answerOf = <C extends Movement['change']>(
  row: Movement,
  change: C,
): Omit<MemberEvent, 'change'> & { change: C } => ({
  name: row.name,
  change,
  reason: row.code as Reason | null,
  time: new Date(row.number).toISOString(),
  resourceId: row.resource,
  objectId: row.object,
});

export const toMovementAnswer = (row: GroupMovement): MovementAnswer => answerOf(row, row.change);

/** Newest first, as the movements are. Who had a directory object when the collection first named it was resolved then. */
export const toMemberEvents = (rows: readonly Movement[]): MemberEvent[] =>
  rows.flatMap((row) =>
    row.change === 'joinedCollection' && row.object !== null
      ? [answerOf(row, 'resolved'), answerOf(row, 'joinedCollection')]
      : [answerOf(row, row.change)],
  );
