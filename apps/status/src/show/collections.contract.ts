import { drift, readProof, STATUS_WORDS } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { COLLECTION_STATES } from '../store/collection-problem.js';
import { collectionIdField, flag, guidField, moment, targetParams, text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';
import { memberState } from './members.contract.js';

const TAG = 'Collections';

/** Collection Type as operators read it; `Other` holds neither devices nor users. */
const TYPE_NAMES = ['Device', 'User', 'Other'] as const;

const status = z.enum(STATUS_WORDS);

const column = <T extends z.ZodType>(title: string, field: T, description?: string): T =>
  field.meta({ title, ...(description ? { description } : {}) });
const members = z.number().int().nonnegative();

const collectionState = z.enum(COLLECTION_STATES).meta({
  id: 'CollectionState',
  description:
    '`incomplete`: the last read was not; `missing`: two listings of the site did not show it; `failing`: it cannot be read or sent',
});

const problem = z
  .object({ code: z.string(), message: z.string(), advice: z.string(), since: moment.nullable() })
  .meta({ id: 'TargetProblem', description: 'What stops a target as a whole, and what to do' });
export type TargetProblem = z.input<typeof problem>;

/**
 * One collection and one target of it, or none. The first nine columns and the eight after them are Configuration Manager's own, by its names:
 * https://learn.microsoft.com/intune/configmgr/core/clients/manage/collections/synchronize-collections-microsoft-entra-groups
 */
export const collectionRow = z
  .object({
    collectionId: column('Collection Id', z.string()),
    collectionName: column('Collection Name', z.string()),
    groupId: column('Microsoft Entra group Id', z.string().nullable(), 'null for a collection that is not mapped'),
    groupName: column('Microsoft Entra group Name', z.string().nullable()),
    cloudSyncStatus: column('Cloud Sync Status', status.nullable()),
    memberCount: column(
      'Member Count',
      members,
      'of the content merged last: Sync Completed + Sync InProgress + Sync Waiting + Sync Failed',
    ),
    syncCompleted: column('Sync Completed', members),
    syncInProgress: column('Sync InProgress', members),
    syncWaiting: column(
      'Sync Waiting',
      members,
      'no record in Entra ID yet: nobody has to act, they join when it appears',
    ),
    syncFailed: column('Sync Failed', members, 'somebody has to act'),
    cloudServiceId: column('Cloud Service Id', z.string().nullable(), 'the tenant'),
    collectionType: column('Collection Type', z.enum(TYPE_NAMES), 'Other can not be synchronised'),
    lastFullSyncMemberCount: column('Last Full Sync Member Count', members.nullable()),
    lastFullSyncStatus: column('Last Full Sync Status', status.nullable()),
    lastFullSyncTime: column('Last Full Sync Time', moment.nullable()),
    lastSyncMemberCount: column('Last Sync Member Count', members.nullable()),
    lastSyncStatus: column('Last Sync Status', status.nullable()),
    lastSyncTime: column('Last Sync Time', moment.nullable(), 'a run, or a complete read that found nothing to do'),
    collectionState: column(
      'Collection State',
      collectionState.nullable(),
      'null for a collection that the site has not shown yet',
    ),
    target: column('Target', z.string().nullable(), 'tenant/group'),
    tenantId: column('Tenant Id', z.string().nullable()),
    problem: column(
      'Problem',
      problem.nullable(),
      'what stopped the last run as a whole, or keeps the next one from starting',
    ),
    statusDetail: column(
      'Status Detail',
      z.string().nullable(),
      'one sentence beside the status, where there is more to say',
    ),
    syncRemoving: column(
      'Sync Removing',
      members,
      'objects that are about to leave the group; no members of the collection',
    ),
    syncKept: column(
      'Sync Kept',
      members,
      'objects that an operator keeps in the group although the collection does not name them; full runs leave them',
    ),
    syncHeld: column('Sync Held', members, 'removals that the guard stopped'),
    syncExcluded: column('Sync Excluded', members, 'members that the policy leaves out of the status'),
    sourceCheckedTime: column('Source Checked', moment.nullable()),
    capturedTime: column('Captured', moment.nullable(), 'the last complete read'),
    mergedTime: column('Merged', moment.nullable(), 'when content last reached the ledger'),
    appliedTime: column('Applied', moment.nullable(), 'when the group last was made equal to the ledger'),
  })
  .meta({ id: 'CollectionRow' });
export type CollectionRow = z.input<typeof collectionRow>;

export const SORTS = [
  'collectionName',
  'collectionId',
  'groupName',
  'cloudSyncStatus',
  'memberCount',
  'syncCompleted',
  'syncInProgress',
  'syncWaiting',
  'syncFailed',
  'syncHeld',
  'lastSyncTime',
  'lastFullSyncTime',
] as const;
export type Sort = (typeof SORTS)[number];

/** What the collections page may be narrowed to; a file holds the same. */
export const collectionFilter = {
  search: text(256).optional().describe('part of the name or id of the collection or group'),
  startsWith: text(256).optional().describe('begin of the name or id of the collection'),
  status: status.optional(),
  mapped: flag.optional(),
  type: z.enum(TYPE_NAMES).optional(),
  tenantId: guidField.optional(),
  collectionId: collectionIdField.optional(),
  sort: z.enum(SORTS).default('collectionName'),
  order: z.enum(['asc', 'desc']).default('asc'),
};

export const listCollections = contract({
  id: 'listCollections',
  method: 'GET',
  path: '/collections',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Collections with their targets: the product’s monitoring view',
  description: 'One row per collection and target; a collection without a target has one row, whose group is null.',
  query: z.strictObject({
    ...pageQuery,
    ...collectionFilter,
  }),
  answer: pageOf(collectionRow),
});
export type CollectionFilter = z.output<NonNullable<(typeof listCollections)['query']>>;

const proof = readProof.meta({
  id: 'ReadProof',
  description: 'What a read of the collection showed, and why it may be believed',
});

const collectionDetail = z
  .object({
    collectionId: z.string(),
    collectionName: z.string(),
    collectionType: z.enum(TYPE_NAMES),
    site: z.string(),
    comment: z.string(),
    memberCount: members.describe('members that the site states'),
    state: collectionState,
    problem: problem.nullable().describe('why it cannot be synchronised; null when it can'),
    version: z.number().int(),
    changedTime: moment.nullable(),
    checkedTime: moment,
    lastRead: proof.nullable(),
    lastComplete: proof.nullable(),
    productRelations: z.array(
      z.object({ groupId: z.string(), groupName: z.string(), tenantId: z.string().nullable() }),
    ),
    targets: z.array(collectionRow),
  })
  .meta({ id: 'Collection' });

export const getCollection = contract({
  id: 'getCollection',
  method: 'GET',
  path: '/collections/{id}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One collection: what the site says of it, the proof of its reads, and its targets',
  params: z.object({ id: collectionIdField }),
  answer: collectionDetail,
  problems: [404],
});

const stage = z.object({ at: moment.nullable(), ageSeconds: z.number().nullable() }).meta({ id: 'FreshnessStage' });

const targetDetail = z
  .object({
    row: collectionRow,
    mappingState: z.enum(['active', 'paused', 'deleting', 'deleted']),
    pausedBy: z.enum(['operator', 'tenant']).nullable().describe('`tenant`: the switch of the whole tenant'),
    freshness: z
      .object({ sourceChecked: stage, captured: stage, resolved: stage, merged: stage, applied: stage })
      .describe('how old what is known is, at each step on the way'),
    capturedVersion: z.number().int(),
    mergedVersion: z.number().int(),
    run: z
      .object({ id: z.uuid(), kind: z.enum(['full', 'incremental']) })
      .nullable()
      .describe('the run under way'),
    groupProblem: problem.nullable().describe('the same as `row.problem`; it goes in the next release'),
    captureProblem: problem
      .nullable()
      .describe('why the collection could not be read for this target; null when it could'),
    drift: drift
      .nullable()
      .describe(
        'what others changed in the group since it was made equal, by the time it was found; null where the group is not followed',
      ),
    members: z
      .array(
        z.object({
          state: memberState,
          reason: z.string().nullable(),
          members,
        }),
      )
      .describe('how many members have each state and reason; what `listMembers` lists with the same filter'),
    rebuilding: z.boolean().describe('what is shown has a gap, or nothing is known yet; a report has been asked for'),
  })
  .meta({ id: 'Target' });

export const getTarget = contract({
  id: 'getTarget',
  method: 'GET',
  path: '/targets/{tenant}/{group}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One target: status, freshness at each step, problems',
  params: targetParams,
  answer: targetDetail,
  problems: [404],
});

export const getSummary = contract({
  id: 'getSummary',
  method: 'GET',
  path: '/summary',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Totals over all targets',
  answer: z
    .object({
      collections: members,
      targets: members,
      byStatus: z.record(status, members),
      syncCompleted: members,
      syncInProgress: members,
      syncWaiting: members,
      syncFailed: members,
      syncHeld: members,
      openPlans: members,
      deadLetters: members,
      demo: z.boolean().describe('site and tenant are simulated: the console offers its tour'),
    })
    .meta({ id: 'Summary' }),
});
