import { reason } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { moment } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';
import { CHANGES, GROUP_CHANGES } from '../store/movements.js';

const change = z.enum(GROUP_CHANGES);

export const movementAnswer = z
  .object({
    name: z.string().meta({ title: 'Name' }),
    change: change.meta({ title: 'Change' }),
    reason: reason.nullable().meta({ title: 'Reason' }),
    time: moment.meta({ title: 'Time' }),
    resourceId: z.number().int().nullable().meta({ title: 'Resource Id' }),
    objectId: z.string().nullable().meta({ title: 'Directory object' }),
  })
  .meta({
    id: 'Movement',
    description: 'Somebody who joined a group, left it, or failed to; kept as long as runs are',
  });
export type MovementAnswer = z.input<typeof movementAnswer>;

export const memberEvent = movementAnswer.extend({ change: z.enum(CHANGES) }).meta({
  id: 'MemberEvent',
  description: 'What happened to a member: in the collection, in the directory, in the group; kept as long as runs are',
});
export type MemberEvent = z.input<typeof memberEvent>;

const common = { method: 'GET' as const, role: 'Reader' as const, ofPart: true as const };
const params = z.object({ id: z.uuid() });

export const listRunMembers = contract({
  ...common,
  id: 'listRunMembers',
  path: '/runs/{id}/members',
  tag: 'Runs',
  summary: 'Who joined, left or failed in a run, in order',
  params,
  query: z.strictObject({ ...pageQuery, change: change.optional() }),
  answer: pageOf(movementAnswer),
  problems: [404],
});

export const exportRunMembers = contract({
  ...common,
  id: 'exportRunMembers',
  path: '/export/runs/{id}/members',
  tag: 'Export',
  summary: 'Who joined, left or failed in a run, as a file',
  params,
  query: z.strictObject({ format: z.enum(['csv', 'json']).default('csv'), change: change.optional() }),
  produces: { 'text/csv': z.string(), 'application/json': z.array(movementAnswer) },
  problems: [404],
});
