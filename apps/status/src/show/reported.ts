import { memberStateName, type MemberStateName, type Policy, type ReportedMember } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { countMembersOf } from '../store/members.js';

/** What the writer reports of members that have this state: the list shows those that the numbers count. */
export const reportedAs = async (
  db: Queryable,
  target: string,
  policy: Policy,
  state: MemberStateName | undefined,
): Promise<{ reported?: ReportedMember[] }> => {
  if (state === undefined) return {};
  const all = await countMembersOf(db, target);
  return { reported: all.filter((member) => memberStateName(member, policy) === state) };
};
