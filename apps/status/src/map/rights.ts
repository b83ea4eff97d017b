import { isDeepStrictEqual } from 'node:util';
import type { GuardPolicy } from '@collection-sync/core';
import type { Group } from '@collection-sync/graph';
import type { Actor } from '../auth/actor.js';
import { roleIn, type Place } from '../auth/grants.js';
import { Problem } from '../http/problem.js';

/**
 * Whether the group may be synchronised, and looked into before it is.
 * @param mappable object ids, and beginnings of names that end with `*`; undefined for every group
 * @throws Problem 403
 */
export const refuseGroup = (
  actor: Actor,
  place: Place,
  group: Group,
  mappable: readonly string[] | undefined,
): void => {
  const name = group.displayName.toLowerCase();
  const isMappable = (rule: string): boolean =>
    rule.endsWith('*') ? name.startsWith(rule.slice(0, -1).toLowerCase()) : rule.toLowerCase() === group.id;
  if (mappable && !mappable.some(isMappable)) {
    throw new Problem(
      403,
      `The group ${group.displayName} is not among those that this installation may synchronise.`,
      {
        advice: 'Choose another group, or have it added to MAPPABLE_GROUPS.',
      },
    );
  }
  if (group.isAssignableToRole && roleIn(actor, place) !== 'Admin') {
    throw new Problem(
      403,
      `Membership in ${group.displayName} can give roles in Entra ID, so it needs the role Admin.`,
      {
        advice: 'Ask an Admin to map it, or choose a group that is not role-assignable.',
      },
    );
  }
};

/** Whoever may switch the guard off could approve any removal. @throws Problem 403 */
export const refuseGuardChange = (actor: Actor, place: Place, before: GuardPolicy, after: GuardPolicy): void => {
  const role = roleIn(actor, place);
  if (role === 'Admin' || isDeepStrictEqual(before, after)) return;
  throw new Problem(403, `The limits of the removal guard need the role Admin; ${actor.name} is ${role}.`, {
    advice: 'Leave the guard as it is, or ask an Admin.',
  });
};
