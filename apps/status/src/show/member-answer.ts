import { REASONS } from '@collection-sync/core';
import type { MemberRow } from '../store/members.js';
import type { MemberAnswer } from './members.contract.js';

const NAMES = { applied: 'Success', failed: 'Failed', pending: 'In Progress', held: 'Held' } as const;

export const toMemberAnswer = (row: MemberRow): MemberAnswer => {
  const reason = row.code && row.code in REASONS ? REASONS[row.code as keyof typeof REASONS] : undefined;
  return {
    resourceId: row.resource,
    objectId: row.object,
    name: row.name,
    state: NAMES[row.state],
    wanted: row.wanted,
    reason: row.code,
    message: row.message,
    advice: reason?.advice ?? null,
    waiting: reason?.waiting ?? false,
    attempts: row.attempts,
    time: row.at.toISOString(),
    graphRequestId: row.requestId,
    planId: row.plan,
  };
};
