import { MEMBER_STATES, REASONS, type Reason } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { flag, moment, targetParams, text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Members';

export const memberState = z.enum(MEMBER_STATES).meta({ id: 'MemberState' });

export const memberAnswer = z
  .object({
    resourceId: z.number().int().nullable().describe('null for an object that the collection never named'),
    objectId: z.string().nullable().describe('directory object; null as long as there is none'),
    name: z.string(),
    state: memberState,
    wanted: z.boolean().describe('false: it is to leave the group'),
    unmanaged: z
      .boolean()
      .describe('found in the group, although the collection does not name it and nobody here added it'),
    objectType: z
      .string()
      .nullable()
      .describe('of an unmanaged member: what it is in the directory, such as servicePrincipal, where Graph tells'),
    reason: z.string().nullable().describe('of the closed list of reasons'),
    message: z.string().nullable().describe('what was answered'),
    advice: z.string().nullable().describe('what to do'),
    waiting: z.boolean().describe('ends automatically when the directory or the site changes'),
    attempts: z.number().int(),
    time: moment,
    graphRequestId: z.string().nullable().describe('request-id of the last attempt, where Microsoft Graph answered'),
    clientRequestId: z
      .string()
      .nullable()
      .describe('client-request-id that was sent with it: support finds the request by either'),
    planId: z.string().nullable(),
  })
  .meta({ id: 'Member' });
export type MemberAnswer = z.input<typeof memberAnswer>;

/** What a list of members may be narrowed to; a file holds the same. */
export const membersFilter = {
  state: memberState.optional(),
  reason: z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]).optional(),
  search: text(256).optional().describe('begin of the name'),
  planId: z.uuid().optional(),
  unmanaged: flag
    .optional()
    .describe('only members that the collection does not name and nobody here added, or only the others'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

export const listMembers = contract({
  id: 'listMembers',
  method: 'GET',
  path: '/targets/{tenant}/{group}/members',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Members of a target by state, each with its reason and what to do',
  params: targetParams,
  query: z.strictObject({
    ...pageQuery,
    ...membersFilter,
  }),
  answer: pageOf(memberAnswer),
  problems: [404],
});
export type MemberFilter = z.output<NonNullable<(typeof listMembers)['query']>>;
