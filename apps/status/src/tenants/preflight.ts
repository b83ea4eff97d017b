import { REASONS, type CollectionType, type Reason } from '@collection-sync/core';
import { judgeGroup, type Group } from '@collection-sync/graph';

export interface Finding {
  readonly code: string;
  readonly message: string;
}

export interface Preflight {
  readonly writable: boolean;
  /** what keeps the group from being synchronised */
  readonly problems: Finding[];
  /** what works, but should be known */
  readonly warnings: Finding[];
}

const finding = (code: Reason): Finding => ({ code, message: REASONS[code].advice });

/** What the group itself tells, with what to fix. */
export const preflightOf = (group: Group, type?: CollectionType): Preflight => {
  const verdict = judgeGroup(group);
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  if (verdict.reason) (verdict.writable ? warnings : problems).push(finding(verdict.reason));
  if (verdict.writable && type && !verdict.takes.includes(type)) problems.push(finding('MemberTypeNotAllowed'));
  return { writable: problems.length === 0, problems, warnings };
};
