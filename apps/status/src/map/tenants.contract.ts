import { collectionType, upstreamEvent } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { collectionIdField, dryRunQuery, guidField, moment, targetParams, text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Tenants';

export const upstreamAnswer = z
  .object({
    kind: z.enum(['site', 'directory', 'budget']),
    name: z.string().describe('site code, `unnamed` until the site has stated it; tenant id'),
    state: z.enum(['loading', 'ready', 'unavailable']),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    progress: z.object({ done: z.number().int(), total: z.number().int().nullable(), unit: z.string() }).nullable(),
    since: moment,
    checkedAt: moment,
    reportedAt: moment.describe('when the service that reads or writes it last reported; it does so every minute'),
    lastSuccess: moment
      .nullable()
      .describe('null when it never worked, or its service is of a release that does not tell'),
    address: z.string().nullable().describe('of a site: the host that it is reached by'),
    siteIds: upstreamEvent.shape.siteIds
      .unwrap()
      .nullable()
      .describe(
        'of a directory: what AADDeviceID and AADUserID of the site were found to hold; null until some were looked up',
      ),
    figures: upstreamEvent.shape.figures.unwrap(),
  })
  .meta({ id: 'Upstream', description: 'State of a site, of a tenant’s directory mirror, or of its write budget' });

const tenantAnswer = z
  .object({
    tenantId: z.string(),
    configured: z.boolean().describe('there is a credential for it'),
    enabled: z.boolean().describe('the switch of the whole tenant'),
    changedAt: moment.nullable(),
    changedBy: z.string().nullable(),
    mappings: z.number().int(),
    stoppable: z.number().int().describe('mappings that its switch stops when it goes off'),
    stopped: z.number().int().describe('mappings that only its switch has stopped; they resume when it goes on'),
    directory: upstreamAnswer.nullable(),
    budget: upstreamAnswer.nullable().describe('of the first application that writes'),
    budgets: z
      .array(upstreamAnswer)
      .describe(
        'of each application that writes: `tenant id` for the first, `tenant id/client id` for others; then `tenant id/*` for all applications of the tenant together',
      ),
  })
  .meta({ id: 'Tenant' });

export const listTenants = contract({
  id: 'listTenants',
  method: 'GET',
  path: '/tenants',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Tenants with their switch, directory mirror and write budget',
  answer: z.object({ items: z.array(tenantAnswer) }),
});

export const switchTenant = contract({
  id: 'switchTenant',
  method: 'PUT',
  path: '/tenants/{tenant}/switch',
  role: 'Admin',
  ofPart: true,
  tag: TAG,
  summary: 'Switch synchronisation to a whole tenant on or off',
  description: 'Off pauses every active mapping of the tenant; on resumes those, each with a full run.',
  params: z.object({ tenant: guidField }),
  query: z.strictObject(dryRunQuery),
  body: z.strictObject({ enabled: z.boolean() }).meta({ id: 'TenantSwitch' }),
  answer: z.object({
    tenantId: z.string(),
    enabled: z.boolean(),
    targets: z.array(z.string()).describe('those that it pauses or resumes'),
  }),
  problems: [404],
});

const finding = z.object({ code: z.string(), message: z.string() }).meta({ id: 'Finding' });

const groupAnswer = z
  .object({
    groupId: z.string(),
    groupName: z.string(),
    description: z.string().nullable(),
    writable: z.boolean(),
    problems: z.array(finding),
    warnings: z.array(finding),
    collectionId: z.string().nullable().describe('the collection that it is synchronised with already'),
    collectionMissing: z
      .boolean()
      .describe('the site does not show it any more: the group may be given to another one'),
  })
  .meta({ id: 'Group' });

export const searchGroupsOfTenant = contract({
  id: 'searchGroups',
  method: 'GET',
  path: '/tenants/{tenant}/groups',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Groups of a tenant by name, with what keeps each from being synchronised',
  params: z.object({ tenant: guidField }),
  query: z.strictObject({
    ...pageQuery,
    limit: z.coerce.number().int().min(1).max(100).default(50).describe('items on the page'),
    startsWith: text(256).default('').describe('begin of the name; blank lists all; a whole id finds that group'),
    search: text(256)
      .default('')
      .describe(
        'instead: words that words of the name begin with, in any order. Microsoft Graph finds no part within a word, and a group made a moment ago may be missing.',
      ),
  }),
  answer: pageOf(groupAnswer),
  problems: [404, 502],
});

export const preflightGroup = contract({
  id: 'preflightGroup',
  method: 'GET',
  path: '/tenants/{tenant}/groups/{group}/preflight',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'May this group be synchronised, and what is to be fixed first',
  params: targetParams,
  query: z.strictObject({
    collectionType: collectionType.optional(),
    collectionId: collectionIdField.optional().describe('the collection that it is to be synchronised with'),
  }),
  answer: groupAnswer,
  problems: [404, 502],
});

export const listUpstreams = contract({
  id: 'listUpstreams',
  method: 'GET',
  path: '/upstreams',
  role: 'Reader',
  ofPart: true,
  tag: 'Health',
  summary: 'Sites, directory mirrors and write budgets',
  answer: z.object({ items: z.array(upstreamAnswer) }),
});
