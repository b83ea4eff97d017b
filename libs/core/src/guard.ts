import { z } from 'zod';
import type { GuardPolicy } from './policy.js';

export const guardVerdict = z.object({
  held: z.boolean(),
  /** which limit was passed */
  limit: z.enum(['maxRemovals', 'maxShare', 'emptying']).optional(),
  /** removals counted: these, others without approval to come or under way, and what left in the last 24 hours without approval */
  counted: z.number().int().nonnegative(),
  /** members now plus what left in the last 24 hours */
  size: z.number().int().nonnegative(),
  /** how many more removals would have passed; 0 when held */
  margin: z.number().int().nonnegative(),
});
export type GuardVerdict = z.infer<typeof guardVerdict>;

export interface GuardInput {
  /** removals about to become pending */
  readonly removals: number;
  /** other removals of the group without approval, to come or under way */
  readonly pending: number;
  /** departures from the group in the last 24 hours without an approval */
  readonly left: number;
  /** who is known to be in the group now, and who left it in the last 24 hours, with or without an approval */
  readonly size: number;
  /** how many more might be in the group, and are no longer wanted */
  readonly perhaps: number;
  /** who is known to be in the group now and stays when every removal is done; joiners being added are none */
  readonly staying: number;
}

/**
 * Decides whether `removals` may go ahead. Nothing to remove is never held. Exchanging every member for others is held like emptying, since
 * none of the members stays: whether those who shall replace them get in, is not known yet.
 */
export const judgeRemovals = (policy: GuardPolicy, input: GuardInput): GuardVerdict => {
  const counted = input.removals + input.pending + input.left;
  const { size } = input;
  const byCount = policy.maxRemovals;
  const shareCounts = size >= policy.shareFrom && policy.maxShare < 1;
  const byShare = shareCounts ? Math.floor(size * policy.maxShare) : Number.POSITIVE_INFINITY;
  const allowed = Math.min(byCount, byShare);
  if (input.removals === 0) return { held: false, counted, size, margin: Math.max(0, allowed - counted) };
  const empties = size + input.perhaps >= policy.neverEmptyFrom && input.staying === 0;
  const limit = empties ? 'emptying' : counted > byCount ? 'maxRemovals' : counted > byShare ? 'maxShare' : undefined;
  return limit
    ? { held: true, limit, counted, size, margin: 0 }
    : { held: false, counted, size, margin: allowed - counted };
};
