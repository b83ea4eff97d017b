import { z } from 'zod';
import { reason } from '../reasons.js';
import { guid } from '../vocabulary.js';
import { deliveryTarget, resourceKind, transferPart } from './membership-delta.js';
import { NAME, freeText } from '../storable-text.js';

export const MAX_CANDIDATES = 10;

/** A member as the writer wants it: with its object id, or with the reason why it has none. */
export const resolvedMember = z.object({
  resource: z.number().int().nonnegative(),
  kind: resourceKind,
  name: freeText(NAME),
  object: guid.nullable(),
  reason: reason.optional(),
  /** with `AmbiguousMatch`: whom it may mean. Whoever of them is in the group stays; nobody is added */
  candidates: z.array(guid).max(MAX_CANDIDATES).optional(),
  /** with a late joiner: when its object was surely not there yet, to tell how long it took to join */
  appearedAt: z.iso.datetime().optional(),
});
export type ResolvedMember = z.infer<typeof resolvedMember>;

/** The same chunk for one target. Key: target. resolver → writer. */
export const membershipChangeEvent = transferPart.extend({
  ...deliveryTarget.shape,
  adds: z.array(resolvedMember),
  removes: z.array(z.number().int().nonnegative()),
});
export type MembershipChange = z.infer<typeof membershipChangeEvent>;
