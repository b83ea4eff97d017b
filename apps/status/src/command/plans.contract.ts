import { guardVerdict } from '@collection-sync/core';
import { z } from 'zod';
import { sendsCommand } from './commands.contract.js';
import { contract } from '../http/contract.js';
import { flag, guidField, moment } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Plans';
const planState = z.enum(['open', 'approved', 'rejected', 'expired', 'emptied', 'kept']);

export const planAnswer = z
  .object({
    id: z.uuid(),
    target: z.string(),
    collectionId: z.string(),
    runId: z.uuid().nullable(),
    removals: z.number().int().describe('as it was made'),
    held: z.number().int().describe('who is held by it now; what `listMembers` lists with this planId'),
    guard: guardVerdict,
    heldAt: moment,
    expiresAt: moment,
    state: planState,
    closedAt: moment.nullable(),
    closedBy: z.string().nullable(),
  })
  .meta({
    id: 'Plan',
    description: 'Removals that the guard stopped; its members are those of the target with this planId',
  });

export const listPlans = contract({
  id: 'listPlans',
  method: 'GET',
  path: '/plans',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Held removals, newest first',
  query: z.strictObject({
    ...pageQuery,
    state: planState.optional(),
    holding: flag
      .optional()
      .describe('those that still hold somebody: open ones, rejected or expired ones until a full run, and kept ones'),
    tenantId: guidField.optional(),
    groupId: guidField.optional().describe('needs tenantId'),
  }),
  answer: pageOf(planAnswer),
});

const params = z.object({ id: z.uuid() });

export const getPlan = contract({
  id: 'getPlan',
  method: 'GET',
  path: '/plans/{id}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One plan',
  params,
  answer: planAnswer,
  problems: [404],
});

const decision = { ...sendsCommand, tag: TAG, params, problems: [404, 409] };

export const approvePlan = contract({
  ...decision,
  id: 'approvePlan',
  path: '/plans/{id}/approve',
  summary: 'Approve a plan',
  description:
    'Removes those of its members that are still unwanted: less than approved, never more. A plan that was rejected, has expired or is kept may be approved after all.',
});

export const rejectPlan = contract({
  ...decision,
  id: 'rejectPlan',
  path: '/plans/{id}/reject',
  summary: 'Reject a plan: its members stay until a full run plans them again',
});

export const approvePart = contract({
  ...decision,
  id: 'approvePart',
  path: '/plans/{id}/approve-part',
  summary: 'Approve some members of a plan; the others go on being held',
  bodyKib: 128,
  body: z
    .strictObject({ objectIds: z.array(guidField).min(1).max(1_000).describe('directory objects of its members') })
    .meta({ id: 'PlanPart' }),
});

export const keepPlan = contract({
  ...decision,
  id: 'keepPlan',
  path: '/plans/{id}/keep',
  summary: 'Keep the members of a plan as unmanaged: full runs leave them',
  description: 'They stay until the collection names them again, or the plan is approved after all.',
});
