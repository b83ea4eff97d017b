import { AppError, asAppError, REASONS, type Reason } from '@collection-sync/core';
import { getGroup, hasMemberList, judgeGroup, type Group, type RequestIds } from '@collection-sync/graph';
import type { ActiveRun } from './active-run.js';

/** The group as a whole cannot be changed: its run ends, the others go on. */
export class GroupRefused extends Error {
  override readonly name = 'GroupRefused';

  constructor(
    readonly reason: Reason,
    message: string,
    readonly ids: RequestIds = {},
  ) {
    super(message);
  }

  get advice(): string {
    return REASONS[this.reason].advice;
  }
}

/**
 * Looks at the group itself, since an answer to a write seldom says what is wrong with it.
 * @returns undefined when the group exists and could be written
 */
export const lookAtGroup = async (active: ActiveRun): Promise<GroupRefused | undefined> => {
  const group = await visibleGroup(active);
  if (group === 'hidden') return undefined;
  if (!group) return new GroupRefused('GroupNotFound', `group ${active.group} does not exist`);
  const { writable, reason } = judgeGroup(group);
  if (!writable && reason) return new GroupRefused(reason, `group ${group.displayName} cannot be written: ${reason}`);
  return undefined;
};

/** Without a permission to read the group itself, its members, which the writer may always read, show whether it is there. */
const visibleGroup = async ({ client, group, signal }: ActiveRun): Promise<Group | undefined | 'hidden'> => {
  try {
    return await getGroup(client, group, signal);
  } catch (error) {
    if (asAppError(error).code !== 'GRAPH_PERMISSION_MISSING') throw error;
    return (await hasMemberList(client, group, signal)) ? 'hidden' : undefined;
  }
};

/** Whether a refused write has to do with roles: those groups need a permission of their own. */
export const needsRolePermission = async (active: ActiveRun): Promise<boolean> => {
  const group = await visibleGroup(active);
  return group !== 'hidden' && group?.isAssignableToRole === true;
};

/** A listing that Graph refuses for good is the group's fault. */
export const asRefusal = async (active: ActiveRun, error: unknown): Promise<unknown> => {
  const { code, message } = asAppError(error);
  if (!(error instanceof AppError)) return error;
  if (code === 'GRAPH_PERMISSION_MISSING') return new GroupRefused('PermissionMissing', message);
  if (code !== 'GRAPH_REQUEST_REFUSED') return error;
  return (await lookAtGroup(active)) ?? new GroupRefused('RequestRefused', message);
};
