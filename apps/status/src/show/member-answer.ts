import { memberStateName, REASONS, type Policy } from '@collection-sync/core';
import type { MemberRow } from '../store/members.js';
import type { MemberAnswer } from './members.contract.js';

/** A member as operators read it: the policy of its mapping may leave it out of the status. */
export const toMemberAnswer = (row: MemberRow, policy: Policy): MemberAnswer => {
  const reason = row.code && row.code in REASONS ? REASONS[row.code as keyof typeof REASONS] : undefined;
  return {
    resourceId: row.resource,
    objectId: row.object,
    name: row.name,
    state: memberStateName({ wanted: row.wanted, state: row.state, code: row.code ?? '' }, policy),
    wanted: row.wanted,
    unmanaged: row.unmanaged,
    objectType: row.objectType,
    reason: row.code,
    message: row.message,
    advice: reason?.advice ?? null,
    waiting: reason?.waiting ?? false,
    attempts: row.attempts,
    time: row.at.toISOString(),
    graphRequestId: row.requestId,
    clientRequestId: row.clientRequestId,
    planId: row.plan,
  };
};
