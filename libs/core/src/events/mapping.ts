import { z } from 'zod';
import { DISABLED_BEFORE, disabledObjectsPolicy, policy, schedule } from '../policy.js';
import { collectionId, collectionType, guid, targetId, version } from '../vocabulary.js';
import { NAME, freeText } from '../storable-text.js';

/** The record of a target. Key: target. Compacted. Owner: status. */
export const mappingEvent = z.object({
  target: targetId,
  tenant: guid,
  group: guid,
  groupName: freeText(NAME),
  collection: collectionId,
  collectionName: freeText(NAME).default(''),
  collectionType,
  /** `paused` also stands for the switch of the whole tenant; see `pausedBy` */
  state: z.enum(['active', 'paused', 'deleting', 'deleted']),
  pausedBy: z.enum(['operator', 'tenant']).optional(),
  /** with `deleting`: leave the members in the group, or remove what the collection wanted, under the guard */
  onDelete: z.enum(['leave', 'remove']).optional(),
  policy: policy.extend({ disabledObjects: disabledObjectsPolicy.default(DISABLED_BEFORE) }),
  schedule,
  version,
  /** its version when last created, resumed or given another collection: content of another `activated` does not count */
  activated: version,
  changedAt: z.iso.datetime(),
  changedBy: freeText(NAME).default(''),
});
export type Mapping = z.infer<typeof mappingEvent>;
