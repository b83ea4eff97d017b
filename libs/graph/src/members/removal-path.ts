import { AppError } from '@collection-sync/core';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The only place that builds the address of a removal. Without `/$ref` at its end the same DELETE destroys the user or device itself, so
 * nothing but two GUIDs is let in. https://learn.microsoft.com/graph/api/group-delete-members
 * @throws AppError INTERNAL for anything else
 */
export const removalPath = (group: string, object: string): `/groups/${string}/members/${string}/$ref` => {
  if (!GUID.test(group) || !GUID.test(object)) {
    throw new AppError('INTERNAL', 'a removal was asked for with something else than two GUIDs');
  }
  return `/groups/${group}/members/${object}/$ref`;
};
