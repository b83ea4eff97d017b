import { z } from 'zod';
import type { GuardPolicy } from './policy.js';

export const guardVerdict = z.object({
  held: z.boolean(),
  /** which limit was passed */
  limit: z.enum(['maxRemovals', 'maxShare', 'emptying']).optional(),
  /** removals counted: these, those pending or under way without approval, and what left in the last 24 hours without approval */
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
  /** removals of the group pending without approval, or under way */
  readonly pending: number;
  /** members that left the group in the last 24 hours without an approval */
  readonly left: number;
  /** members of the group now */
  readonly members: number;
  /** members of the group now, and joiners being added, that stay when all of `removals` and every other removal are done */
  readonly staying: number;
}

/** Decides whether `removals` may go ahead. Nothing to remove is never held. */
export const judgeRemovals = (policy: GuardPolicy, input: GuardInput): GuardVerdict => {
  const counted = input.removals + input.pending + input.left;
  const size = input.members + input.left;
  const byCount = policy.maxRemovals;
  const byShare = size >= policy.shareFrom ? Math.floor(size * policy.maxShare) : Number.POSITIVE_INFINITY;
  const allowed = Math.min(byCount, byShare);
  if (input.removals === 0) return { held: false, counted, size, margin: Math.max(0, allowed - counted) };
  const empties = size >= policy.neverEmptyFrom && input.staying === 0;
  const limit = empties ? 'emptying' : counted > byCount ? 'maxRemovals' : counted > byShare ? 'maxShare' : undefined;
  return limit
    ? { held: true, limit, counted, size, margin: 0 }
    : { held: false, counted, size, margin: allowed - counted };
};
