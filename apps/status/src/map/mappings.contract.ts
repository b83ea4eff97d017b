import {
  collectionType,
  cronTimes,
  disabledObjectsPolicy,
  DEFAULT_SCHEDULE,
  guardPolicy,
  memberPolicy,
  policy,
  schedule,
} from '@collection-sync/core';
import { Cron } from 'croner';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { collectionIdField, dryRunQuery, guidField, moment, targetParams, text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Mappings';

const policyField = policy.meta({
  id: 'Policy',
  description: 'Limits of the removal guard, what counts as a failed member, and what becomes of disabled ones',
});
const scheduleField = schedule.meta({ id: 'Schedule', description: 'When an unchanged collection is read again' });

const isCron = ({ expression, timeZone }: { expression: string; timeZone: string }): boolean => {
  try {
    return new Cron(expression, { timezone: timeZone, paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
};

/** As a caller gives them: what is left out gets its default, what is not known is refused. */
const CRON = { path: ['expression'], message: 'must be a cron expression, in a known time zone' };
const timesGiven = z.strictObject(cronTimes.shape).refine(isCron, CRON).nullable();
const policyGiven = z
  .strictObject({
    ...policy.shape,
    guard: z.strictObject(guardPolicy.shape).prefault({}),
    fullRuns: timesGiven.default(null),
    compareRuns: timesGiven.default(null),
  })
  .meta({ id: 'PolicyGiven' });
const [interval, cron, manual] = schedule.options;
const scheduleGiven = z
  .discriminatedUnion('kind', [
    z.strictObject(interval.shape),
    z.strictObject(cron.shape).refine(isCron, CRON),
    z.strictObject(manual.shape),
  ])
  .meta({ id: 'ScheduleGiven' });

const mappingAnswer = z
  .object({
    target: z.string().describe('tenant/group'),
    tenantId: z.string(),
    groupId: z.string(),
    groupName: z.string(),
    collectionId: z.string(),
    collectionName: z.string(),
    collectionType: collectionType,
    state: z.enum(['active', 'paused', 'deleting', 'deleted']),
    pausedBy: z.enum(['operator', 'tenant']).nullable(),
    onDelete: z.enum(['leave', 'remove']).nullable(),
    policy: policyField,
    schedule: scheduleField,
    version: z.number().int(),
    activated: z.number().int().describe('its version when last created, resumed or given another collection'),
    changedAt: moment,
    changedBy: z.string(),
  })
  .meta({ id: 'Mapping' });
export type MappingAnswer = z.infer<typeof mappingAnswer>;

const mappingCreate = z
  .strictObject({
    tenantId: guidField,
    groupId: guidField,
    groupName: text(256).optional().describe('read from Entra when left out'),
    collectionId: collectionIdField,
    collectionType: collectionType.optional().describe('needed only for a collection that the site has not shown yet'),
    policy: policyGiven.prefault({}),
    schedule: scheduleGiven.default(DEFAULT_SCHEDULE),
    paused: z.boolean().default(false).describe('create it paused: nothing is sent until it is resumed'),
    preflight: z
      .enum(['require', 'skip'])
      .default('require')
      .describe(
        '`require` refuses (422) a group that cannot be written; `skip` asks Entra nothing when groupName is given',
      ),
  })
  .meta({ id: 'MappingCreate' });
export type MappingCreate = z.infer<typeof mappingCreate>;

const mappingChange = z
  .strictObject({
    groupName: text(256).optional(),
    collectionId: collectionIdField
      .optional()
      .describe('gives the group to another collection: its members are replaced by a full run'),
    policy: z
      .strictObject({
        guard: z
          .strictObject({
            maxRemovals: guardPolicy.shape.maxRemovals.unwrap().optional(),
            maxShare: guardPolicy.shape.maxShare.unwrap().optional(),
            shareFrom: guardPolicy.shape.shareFrom.unwrap().optional(),
            neverEmptyFrom: guardPolicy.shape.neverEmptyFrom.unwrap().optional(),
            expiresAfterHours: guardPolicy.shape.expiresAfterHours.unwrap().optional(),
          })
          .optional(),
        withoutRecord: memberPolicy.optional(),
        otherTenant: memberPolicy.optional(),
        disabledObjects: disabledObjectsPolicy.optional(),
        fullRuns: timesGiven.optional(),
        compareRuns: timesGiven.optional(),
      })
      .optional()
      .describe('only what is named changes'),
    schedule: scheduleGiven.optional(),
  })
  .meta({ id: 'MappingChange' });
export type MappingChange = z.infer<typeof mappingChange>;

const stateFilter = z.enum(['active', 'paused', 'deleting', 'deleted']);

export const listMappings = contract({
  id: 'listMappings',
  method: 'GET',
  path: '/mappings',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Mappings, by target',
  query: z.strictObject({
    ...pageQuery,
    tenantId: guidField.optional(),
    collectionId: collectionIdField.optional(),
    state: stateFilter.optional().describe('deleted ones are shown only when asked for'),
  }),
  answer: pageOf(mappingAnswer),
});

export const createMapping = contract({
  id: 'createMapping',
  method: 'POST',
  path: '/mappings',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Synchronise a collection to a group',
  description: 'The first run is full: it overwrites the members of the group, under the removal guard.',
  query: z.strictObject(dryRunQuery),
  body: mappingCreate,
  status: 201,
  location: '/mappings/{tenantId}/{groupId}',
  etag: 'version',
  answer: mappingAnswer,
  problems: [404, 409, 422, 502],
});

export const createResult = z.object({
  target: z.string(),
  status: z.number().int().describe('the status that creating it alone would have answered'),
  mapping: mappingAnswer.optional(),
  problem: z.object({ title: z.string(), detail: z.string().optional(), advice: z.string().optional() }).optional(),
});

export const createMappings = contract({
  id: 'createMappings',
  method: 'POST',
  path: '/mappings/batch',
  bodyKib: 1_024,
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Create many mappings at once',
  description: 'Each is created or refused on its own; the answer tells which.',
  query: z.strictObject(dryRunQuery),
  body: z.strictObject({ mappings: z.array(mappingCreate).min(1).max(500) }).meta({ id: 'MappingBatch' }),
  answer: z
    .object({
      results: z.array(createResult),
    })
    .meta({ id: 'MappingBatchResult' }),
});

export const getMapping = contract({
  id: 'getMapping',
  method: 'GET',
  path: '/mappings/{tenant}/{group}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One mapping',
  params: targetParams,
  etag: 'version',
  answer: mappingAnswer,
  problems: [404],
});

export const changeMapping = contract({
  id: 'changeMapping',
  method: 'PATCH',
  path: '/mappings/{tenant}/{group}',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Change policy, schedule, name or collection of a mapping',
  params: targetParams,
  query: z.strictObject(dryRunQuery),
  body: mappingChange,
  etag: 'version',
  ifMatch: true,
  answer: mappingAnswer,
  problems: [404, 409],
});

export const deleteMapping = contract({
  id: 'deleteMapping',
  method: 'DELETE',
  path: '/mappings/{tenant}/{group}',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Stop synchronising a group',
  description:
    'The caller says what becomes of the members: `leave` them in the group, or `remove` what the collection wanted, under the removal guard.',
  params: targetParams,
  query: z.strictObject({ members: z.enum(['leave', 'remove']), ...dryRunQuery }),
  status: 202,
  location: '/mappings/{tenantId}/{groupId}',
  etag: 'version',
  ifMatch: true,
  answer: mappingAnswer,
  problems: [404],
});

export const pauseMapping = contract({
  id: 'pauseMapping',
  method: 'POST',
  path: '/mappings/{tenant}/{group}/pause',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Pause a mapping: nothing is sent, a run under way stops',
  params: targetParams,
  etag: 'version',
  ifMatch: true,
  answer: mappingAnswer,
  problems: [404, 409],
});

export const resumeMapping = contract({
  id: 'resumeMapping',
  method: 'POST',
  path: '/mappings/{tenant}/{group}/resume',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Resume a mapping with a full run',
  params: targetParams,
  etag: 'version',
  ifMatch: true,
  answer: mappingAnswer,
  problems: [404, 409],
});
