import { z } from 'zod';
import { collectionId, collectionType, guid, targetId, version } from '../vocabulary.js';
import { DISABLED_BEFORE, disabledObjectsPolicy } from '../policy.js';
import { CODE, NAME, SENTENCES, freeText } from '../storable-text.js';

/** What the site knows of a resource in the words of Entra. Absent ids are left out, whatever spelling the site uses. */
export const identity = z.object({
  /** `AADDeviceID`: Entra's deviceId, not its object id */
  deviceId: guid.optional(),
  /** `AADUserID`: the user's object id */
  userId: guid.optional(),
  sid: freeText(NAME).optional(),
  upn: freeText(SENTENCES).optional(),
  /** `AADTenantID` */
  tenantId: guid.optional(),
});
export type Identity = z.infer<typeof identity>;

export const resourceKind = z.enum(['device', 'user', 'group', 'unknown']);
export type ResourceKind = z.infer<typeof resourceKind>;

export const member = z.object({
  /** ResourceID */
  resource: z.number().int().nonnegative(),
  kind: resourceKind,
  name: freeText(NAME),
  identity,
});
export type Member = z.infer<typeof member>;

/** `full` content asks the writer for a full run, for `reason`: `activated:<version>` or `command:<id>`. */
export const transferMode = z.enum(['full', 'incremental', 'preview']);

/** Shared by both content topics. A transfer is one delivery of a collection's content to targets, in chunks. */
export const transferPart = z.object({
  transfer: z.uuid(),
  mode: transferMode,
  /** `complete` names every member; `delta` what changed in (from, to] */
  content: z.enum(['delta', 'complete']),
  collection: collectionId,
  collectionType,
  /** 0 for `complete` */
  from: version,
  to: version,
  /** counted from 0; every transfer has at least one chunk */
  chunk: z.number().int().nonnegative(),
  last: z.boolean(),
  /** when the site's content was read that this transfer tells */
  readAt: z.iso.datetime(),
});

export const deliveryTarget = z.object({
  target: targetId,
  tenant: guid,
  group: guid,
  activated: version,
  /** with mode `full`: why; with mode `preview`: `command:<id>` */
  reason: freeText(CODE).optional(),
  /** the mapping's policy that its members are resolved by */
  disabledObjects: disabledObjectsPolicy.default(DISABLED_BEFORE),
});

/** ≤ 1,000 members and ≤ 512 KiB. Key: collection. capture → resolver. */
export const membershipDeltaEvent = transferPart.extend({
  /** the source that the content was read from, as `kind/name` */
  source: freeText(NAME).optional(),
  targets: z.array(deliveryTarget).min(1),
  adds: z.array(member),
  removes: z.array(z.number().int().nonnegative()),
});
export type MembershipDelta = z.infer<typeof membershipDeltaEvent>;
