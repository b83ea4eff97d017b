import { z } from 'zod';
import { collectionId, guid, listedCollectionType, version } from '../vocabulary.js';
import { CODE, NAME, SENTENCES, freeText } from '../storable-text.js';

/** What a read of a collection showed, and why it may be believed. Only `complete` may produce a removal. */
export const readProof = z.object({
  verdict: z.enum(['complete', 'partial', 'unknown']),
  at: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** rows received, distinct keys among them, and the count that the site states */
  rows: z.number().int().nonnegative(),
  distinct: z.number().int().nonnegative(),
  stated: z.number().int().nullable(),
  pages: z.number().int().nonnegative(),
  /** the site evaluated the collection while it was read; each leaver was then confirmed by a keyed read */
  evaluatedMeanwhile: z.boolean(),
  leaversConfirmed: z.number().int().nonnegative(),
  /** why it is not complete, in words for the operator */
  why: freeText(SENTENCES).optional(),
  /** when the first read began since which none was complete */
  incompleteSince: z.iso.datetime().optional(),
});
export type ReadProof = z.infer<typeof readProof>;

/** A relation that the product's own cloud sync keeps (class SMS_CollectionAADGroupMapping). */
export const productRelation = z.object({ group: guid, groupName: freeText(NAME), tenant: guid.optional() });

/** Why a collection cannot be read or sent, and what to do. */
export const servingFailure = z.object({
  code: freeText(CODE),
  message: freeText(SENTENCES),
  advice: freeText(SENTENCES),
  since: z.iso.datetime(),
});
export type ServingFailure = z.infer<typeof servingFailure>;

/** A collection of the site, mapped or not. Key: collection. Compacted. Owner: capture. */
export const collectionEvent = z.object({
  collection: collectionId,
  /** the source that shows it, as `kind/name` */
  source: freeText(NAME).optional(),
  /** name of the source alone, such as a site code */
  site: freeText(NAME),
  name: freeText(NAME),
  type: listedCollectionType,
  comment: freeText(SENTENCES).default(''),
  /** members that the site states */
  count: z.number().int().nonnegative(),
  state: z.enum(['ok', 'incomplete', 'missing']),
  /** version of the content captured last; 0 as long as nothing was captured */
  version,
  /** when the site says that members changed last; null for never */
  changedAt: z.iso.datetime().nullable(),
  /** when the site's listing showed it last */
  checkedAt: z.iso.datetime(),
  /** the read done last, and the last one that was complete; null as long as there was none */
  lastRead: readProof.nullable(),
  lastComplete: readProof.nullable(),
  productRelations: z.array(productRelation).default([]),
  /** absent when it could be served, the last time that this was tried */
  failure: servingFailure.optional(),
  sequence: version,
});
export type CollectionState = z.infer<typeof collectionEvent>;
