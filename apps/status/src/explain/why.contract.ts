import { z } from 'zod';
import { contract } from '../http/contract.js';
import { flag, guidField, moment, targetParams, text } from '../http/fields.js';
import { memberEvent } from '../show/movements.contract.js';
import { memberAnswer } from '../show/members.contract.js';

export const STEPS = [
  'mapped',
  'collection known',
  'read complete',
  'in the collection',
  'identity resolved',
  'merged',
  'applied',
] as const;

const step = z
  .object({
    step: z.enum(STEPS),
    state: z.enum(['yes', 'no', 'waiting', 'unknown']),
    detail: z.string().describe('what is known, and what to do if it is not as wanted'),
    at: moment.nullable(),
  })
  .meta({ id: 'WhyStep' });
export type Step = z.input<typeof step>;

export const whyMember = contract({
  id: 'whyMember',
  method: 'GET',
  path: '/targets/{tenant}/{group}/why',
  role: 'Reader',
  ofPart: true,
  tag: 'Members',
  summary: 'Why a resource is, or is not, in the group: step by step',
  description: 'Name the resource by its id, its name or its directory object; a name may fit several.',
  params: targetParams,
  query: z
    .strictObject({
      resource: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional().describe('ResourceID'),
      name: text(256).min(1).optional(),
      object: guidField.optional().describe('directory object id'),
      graph: flag.optional().describe('true asks Microsoft Graph too whether it is in the group now'),
    })
    .describe('exactly one of resource, name and object'),
  answer: z
    .object({
      traces: z
        .array(
          z.object({
            inGroup: z.boolean().nullable().describe('null: not known'),
            conclusion: z.string(),
            graph: z
              .object({ inGroup: z.boolean().nullable(), detail: z.string() })
              .nullable()
              .describe('what Microsoft Graph lists now; null when it was not asked'),
            member: memberAnswer.nullable(),
            elsewhere: z
              .array(z.object({ collectionId: z.string(), collectionName: z.string(), groupName: z.string() }))
              .describe('other synchronised collections that name somebody of this name'),
            timeline: z.array(memberEvent).describe('what happened to this name, newest first'),
            steps: z.array(step),
          }),
        )
        .max(10),
    })
    .meta({ id: 'Why' }),
  problems: [404],
});
