import { z } from 'zod';
import { collectionId, collectionType, guid } from '../vocabulary.js';
import { CODE, NAME, SENTENCES, freeText } from '../storable-text.js';
import { identity } from './membership-delta.js';

/** So many of one name are named. */
export const MAX_FOUND = 10;

const resource = z.number().int().nonnegative();

/** By which kind of rule a collection has a resource; `member`: the site does not say. */
export const siteMembership = z.enum(['direct', 'rule', 'member', 'none']);
export type SiteMembership = z.infer<typeof siteMembership>;

const siteAnswer = z.object({
  at: z.iso.datetime(),
  resources: z
    .array(
      z.object({
        resource,
        name: freeText(NAME),
        identity,
        /** absent for users, and where the site does not say */
        obsolete: z.boolean().optional(),
        client: z.boolean().optional(),
        membership: siteMembership,
      }),
    )
    .max(MAX_FOUND),
  /** why the site could not be asked: nothing is known then */
  problem: freeText(SENTENCES).optional(),
});
export type SiteAnswer = z.infer<typeof siteAnswer>;

const directoryAnswer = z.object({
  at: z.iso.datetime(),
  /** what each resource of the site resolves to */
  resolved: z
    .array(
      z.object({
        resource,
        object: guid.nullable(),
        enabled: z.boolean().optional(),
        /** why it is none */
        reason: freeText(CODE).optional(),
      }),
    )
    .max(MAX_FOUND),
  /** objects of this name, asked for where no resource resolves to one */
  named: z.array(z.object({ object: guid, name: freeText(NAME), enabled: z.boolean() })).max(MAX_FOUND),
  /** why the directory could not be asked: nothing is known then */
  problem: freeText(SENTENCES).optional(),
});
export type DirectoryAnswer = z.infer<typeof directoryAnswer>;

const question = {
  id: z.uuid(),
  tenant: guid,
  collection: collectionId,
  collectionType,
  /** one of the two */
  name: freeText(NAME).optional(),
  resource: resource.optional(),
  /** nobody waits for an answer after this */
  expiresAt: z.iso.datetime(),
};

/** A question about one device or user, and the two answers to it, one after the other. Key: id. */
export const lookUpEvent = z.discriminatedUnion('event', [
  z.object({ ...question, event: z.literal('asked') }),
  /** capture: what the site shows */
  z.object({ ...question, event: z.literal('site-answered'), site: siteAnswer }),
  /** resolver: what the directory has of it */
  z.object({ ...question, event: z.literal('directory-answered'), directory: directoryAnswer }),
]);
export type LookUp = z.infer<typeof lookUpEvent>;
export type LookUpOf<E extends LookUp['event']> = Extract<LookUp, { event: E }>;
