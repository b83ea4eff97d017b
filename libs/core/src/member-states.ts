import type { MemberState } from './events/membership-result.js';
import type { Policy } from './policy.js';

/** Members that no directory record is known of yet: nobody has to act, they join when it appears. */
export const WITHOUT_RECORD: ReadonlySet<string> = new Set(['NoEntraRecord', 'NoIdentity']);

/**
 * What operators read of a member. Those of wanted members add up to the member count, but for the excluded ones; `Held` and `Removing` are
 * of objects that are to leave the group, `Kept` of those that an operator keeps in it.
 */
export const MEMBER_STATES = [
  'Success',
  'In Progress',
  'Waiting',
  'Failed',
  'Excluded',
  'Held',
  'Removing',
  'Kept',
] as const;
export type MemberStateName = (typeof MEMBER_STATES)[number];

export interface ReportedMember {
  readonly wanted: boolean;
  readonly state: Exclude<MemberState, 'removed'>;
  /** a reason, or empty */
  readonly code: string;
}

/** The one reading of what the writer reports: numbers and lists are both made of it. */
export const memberStateName = (
  { wanted, state, code }: ReportedMember,
  policy: Pick<Policy, 'withoutRecord' | 'otherTenant'> | null,
): MemberStateName => {
  if (!wanted && state === 'held') return code === 'KeptUnmanaged' ? 'Kept' : 'Held';
  if (!wanted) return 'Removing';
  if (state === 'applied') return 'Success';
  if (policy?.withoutRecord === 'exclude' && WITHOUT_RECORD.has(code)) return 'Excluded';
  if (policy?.otherTenant === 'exclude' && code === 'OtherTenant') return 'Excluded';
  if (state !== 'failed') return 'In Progress';
  return WITHOUT_RECORD.has(code) ? 'Waiting' : 'Failed';
};
