import { siteMembership } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { moment, targetParams, text } from '../http/fields.js';

const TAG = 'Members';
const resourceId = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const problem = z.string().nullable().describe('why it could not be asked: what it knows is not known then');

const lookUpAnswer = z
  .object({
    id: z.uuid(),
    target: z.string(),
    collectionId: z.string(),
    name: z.string().nullable(),
    resourceId: resourceId.nullable(),
    state: z.enum(['asking', 'answered', 'unanswered']).describe('unanswered: nobody answered in time; ask again'),
    askedAt: moment,
    expiresAt: moment.describe('answers are waited for until then'),
    knownTo: z
      .enum(['neither', 'site', 'directory', 'both'])
      .nullable()
      .describe('null until both have said; both: the site’s record resolves to a directory object'),
    conclusion: z.string(),
    site: z
      .object({
        at: moment,
        problem,
        resources: z.array(
          z
            .object({
              resourceId,
              name: z.string(),
              obsolete: z.boolean().nullable(),
              client: z.boolean().nullable().describe('whether a client is installed; null for users'),
              membership: siteMembership.describe(
                'how the collection has it: by a direct rule, by a query or an included collection, in a way that the site does not tell, or not at all',
              ),
              objectId: z.string().nullable(),
              objectEnabled: z.boolean().nullable(),
              reason: z.string().nullable().describe('why it resolves to no directory object'),
              advice: z.string().nullable(),
            })
            .meta({ id: 'LookUpResource' }),
        ),
      })
      .nullable()
      .describe('what the site shows; null until it has answered'),
    directory: z
      .object({
        at: moment,
        problem,
        objects: z
          .array(z.object({ objectId: z.string(), name: z.string(), enabled: z.boolean() }))
          .describe('objects of this name, looked for where no resource resolves to one'),
      })
      .nullable()
      .describe('what Microsoft Entra has; null until it has answered'),
  })
  .meta({ id: 'LookUp' });
export type LookUpAnswer = z.input<typeof lookUpAnswer>;

export const askLookUp = contract({
  id: 'askLookUp',
  method: 'POST',
  path: '/targets/{tenant}/{group}/look-ups',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Ask the site and the directory about one device or user',
  description:
    'Asks whether the site knows it, whether the collection of the target has it and by which kind of rule, and whether Microsoft Entra has it. Nothing is changed. The answer comes within a minute: GET /look-ups/{id}. 30 questions a minute and person.',
  params: targetParams,
  body: z
    .strictObject({
      name: text(256).min(1).optional().describe('exactly, as the site or Microsoft Entra writes it'),
      resourceId: resourceId.optional(),
    })
    .refine(
      ({ name, resourceId: id }) => (name === undefined) !== (id === undefined),
      'name exactly one of name and resourceId',
    ),
  status: 202,
  location: '/look-ups/{id}',
  answer: lookUpAnswer,
  problems: [404],
});

export const getLookUp = contract({
  id: 'getLookUp',
  method: 'GET',
  path: '/look-ups/{id}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'What the site and the directory answered about one device or user',
  params: z.object({ id: z.uuid().describe('as POST …/look-ups answered it') }),
  answer: lookUpAnswer,
  problems: [404],
});
