import { z } from 'zod';
import { contract } from '../http/contract.js';
import { guidField, moment, targetParams, text } from '../http/fields.js';
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
  tag: 'Members',
  summary: 'Why a resource is, or is not, in the group: step by step',
  description: 'Name the resource by its id, its name or its directory object; a name may fit several.',
  params: targetParams,
  query: z
    .strictObject({
      resource: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional().describe('ResourceID'),
      name: text(256).min(1).optional(),
      object: guidField.optional().describe('directory object id'),
    })
    .describe('exactly one of them'),
  answer: z
    .object({
      traces: z
        .array(
          z.object({
            inGroup: z.boolean().nullable().describe('null: not known'),
            conclusion: z.string(),
            member: memberAnswer.nullable(),
            steps: z.array(step),
          }),
        )
        .max(10),
    })
    .meta({ id: 'Why' }),
  problems: [404],
});
