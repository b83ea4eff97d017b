import { z } from 'zod';
import { collectionId, collectionType, guid, targetId } from '../vocabulary.js';
import { NAME, freeText } from '../storable-text.js';

export const commandKind = z.enum([
  'full',
  'incremental',
  'preview',
  'resend',
  'cancel',
  'retry',
  'approve',
  'reject',
  'report',
  'compare',
]);
export type CommandKind = z.infer<typeof commandKind>;

/** Commands that capture acts on; the others are the writer's. */
export const CAPTURE_COMMANDS: readonly CommandKind[] = ['full', 'incremental', 'preview', 'resend'];

/** An order of an operator (or of status itself: `report`). Key: target. An id is acted on once, an expired one never. */
export const commandEvent = z.object({
  id: z.uuid(),
  kind: commandKind,
  target: targetId,
  tenant: guid,
  group: guid,
  /** needed by `preview`, which may name a collection that is not mapped to the target */
  collection: collectionId.optional(),
  collectionType: collectionType.optional(),
  /** needed by `approve` and `reject` */
  plan: z.uuid().optional(),
  /** of `reject`: its members stay for good, full runs leave them too */
  keep: z.boolean().optional(),
  /** of `approve`, instead of `plan`: these of the plan alone. A writer that does not know it finds no plan and refuses. */
  part: z.object({ plan: z.uuid(), objects: z.array(guid).min(1).max(1_000) }).optional(),
  /** of `full`: the group is listed, whatever its copy says */
  listing: z.boolean().optional(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  by: freeText(NAME),
});
export type Command = z.infer<typeof commandEvent>;
