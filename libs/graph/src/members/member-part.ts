import { AppError, BINDS_PER_PATCH, type Operation } from '@collection-sync/core';
import type { BatchPart } from '../batch.js';
import type { GraphCaller } from '../graph-client.js';
import { removalPath } from './removal-path.js';

/**
 * One operation on the members of a group as a part of a batch. References are absolute and always name `directoryObjects`.
 * https://learn.microsoft.com/graph/api/group-post-members
 */
export const memberPart = (
  client: Pick<GraphCaller, 'memberUrl'>,
  group: string,
  operation: Operation,
  id: string,
): BatchPart => {
  switch (operation.kind) {
    case 'patch':
      if (operation.objects.length > BINDS_PER_PATCH || new Set(operation.objects).size < operation.objects.length) {
        throw new AppError('INTERNAL', 'a PATCH was asked for with too many members or one twice');
      }
      return {
        id,
        method: 'PATCH',
        path: `/groups/${group}`,
        body: { 'members@odata.bind': operation.objects.map((object) => client.memberUrl(object)) },
      };
    case 'post':
      return {
        id,
        method: 'POST',
        path: `/groups/${group}/members/$ref`,
        body: { '@odata.id': client.memberUrl(operation.objects[0]) },
      };
    case 'delete':
      return { id, method: 'DELETE', path: removalPath(group, operation.objects[0]) };
  }
};
