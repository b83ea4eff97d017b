import { isDeepStrictEqual } from 'node:util';
import type { GuardPolicy } from '@collection-sync/core';
import type { Group, GraphCaller } from '@collection-sync/graph';
import type { Actor } from '../auth/actor.js';
import { roleIn, roleName, type Place } from '../auth/grants.js';
import { Problem } from '../http/problem.js';
import { isMappable } from './mappable.js';

/**
 * Why the caller may neither synchronise the group nor look into it before it is synchronised.
 * @param mappable as isMappable has them; undefined for every group
 */
export const groupRefusal = async (
  actor: Actor,
  place: Place,
  group: Group,
  client: GraphCaller,
  mappable: readonly string[] | undefined,
): Promise<Problem | undefined> => {
  if (mappable && !(await isMappable(client, mappable, group))) {
    return new Problem(
      403,
      `The group ${group.displayName} is not among those that this installation may synchronise.`,
      {
        advice: 'Choose another group, or have it added to MAPPABLE_GROUPS.',
      },
    );
  }
  if (group.isAssignableToRole && roleIn(actor, place) !== 'Admin') {
    return new Problem(
      403,
      `Membership in ${group.displayName} can give roles in Entra ID, so it needs the role Admin.`,
      {
        advice: 'Ask an Admin to map it, or choose a group that is not role-assignable.',
      },
    );
  }
  return undefined;
};

/** Whoever may switch the guard off could approve any removal. @throws Problem 403 */
export const refuseGuardChange = (actor: Actor, place: Place, before: GuardPolicy, after: GuardPolicy): void => {
  const role = roleIn(actor, place);
  if (role === 'Admin' || isDeepStrictEqual(before, after)) return;
  throw new Problem(403, `The limits of the removal guard need the role Admin; ${actor.name} is ${roleName(role)}.`, {
    advice: 'Leave the guard as it is, or ask an Admin.',
  });
};
