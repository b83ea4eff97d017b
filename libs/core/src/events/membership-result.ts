import { z } from 'zod';
import { reason } from '../reasons.js';
import { collectionId, guid, targetId, version } from '../vocabulary.js';
import { CODE, NAME, SENTENCES, freeText } from '../storable-text.js';

export const memberState = z.enum(['pending', 'applied', 'failed', 'held', 'removed']);
export type MemberState = z.infer<typeof memberState>;

/** What became of one member. `resource` is null for an object that the collection never named (found by a full run). */
export const memberOutcome = z.object({
  resource: z.number().int().nonnegative().nullable(),
  object: guid.nullable(),
  name: freeText(NAME).default(''),
  state: memberState,
  /** what a pending or failed member waits to become */
  wanted: z.boolean(),
  /** a member of the group that the collection does not name and that nobody here added */
  unmanaged: z.boolean().optional(),
  /** what it is in the directory, as Graph names the type, where that is known: user, device, group, servicePrincipal, orgContact */
  objectType: freeText(CODE).optional(),
  code: reason.optional(),
  message: freeText(SENTENCES).optional(),
  attempts: z.number().int().nonnegative().default(0),
  /** Graph's request-id of the last attempt, and the client-request-id that was sent with it, which is known without an answer too */
  requestId: freeText(CODE).optional(),
  clientRequestId: freeText(CODE).optional(),
  plan: z.uuid().optional(),
  /** when the record appeared in the directory, if it joined late; for the time-to-join metric */
  at: z.iso.datetime(),
});
export type MemberOutcome = z.infer<typeof memberOutcome>;

/** ≤ 1,000 members a record, one ordered stream per target. Key: target. writer → status. */
export const membershipResultEvent = z.object({
  target: targetId,
  collection: collectionId,
  activated: version,
  /** version of the content merged last */
  merged: version,
  /** sequence of this record and of the one before it: a gap makes status ask for a `report`; 0 and 0 for a preview, beside the stream */
  sequence: version,
  previous: version,
  /** part of a telling of all members: what the parts 0..last do not name is gone */
  snapshot: z.object({ id: z.uuid(), part: z.number().int().nonnegative(), last: z.boolean() }).optional(),
  /** part of a preview: nothing of it is in the ledger */
  preview: z
    .object({
      command: z.uuid(),
      part: z.number().int().nonnegative(),
      last: z.boolean(),
      add: z.number().int(),
      remove: z.number().int(),
      keep: z.number().int(),
      unresolved: z.number().int(),
      wouldHold: z.boolean(),
    })
    .optional(),
  members: z.array(memberOutcome).max(1_000),
});
export type MembershipResult = z.infer<typeof membershipResultEvent>;
