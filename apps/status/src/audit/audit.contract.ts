import { z } from 'zod';
import { contract } from '../http/contract.js';
import { moment, text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';
import { AUDIT_ACTIONS } from './actions.js';

const TAG = 'Audit';
const settings = z.record(z.string(), z.unknown()).nullable();

export const auditEntry = z
  .object({
    id: z.number().int(),
    at: moment,
    actor: z.string().describe('name; two people may share it'),
    role: z.string(),
    action: z.string(),
    subject: z.string().describe('tenant/group, or a tenant'),
    detail: z.record(z.string(), z.unknown()),
    issuer: z.string().nullable().describe('who vouched for the caller; `topic` for a record adopted from the bus'),
    actorSubject: z.string().nullable().describe('the caller at that issuer, unique and lasting'),
    objectId: z.string().nullable().describe('object id of the caller in Entra ID'),
    client: z.string().nullable().describe('the program that called, as it names itself'),
    address: z.string().nullable(),
    before: settings.describe('all settings before the change'),
    after: settings.describe('all settings after it'),
    groupName: z.string().nullable().describe('of the subject, as the group is called now'),
    collectionId: z.string().nullable().describe('the collection that it was about'),
    collectionName: z.string().nullable().describe('as it is called now'),
  })
  .meta({ id: 'AuditEntry' });

const auditAction = z.enum(AUDIT_ACTIONS).meta({ id: 'AuditAction' });

const auditFilter = {
  actor: text(200).optional().describe('name, object id, or subject at the issuer'),
  subject: text(200).optional().describe('tenant/group, or a tenant'),
  search: text(256)
    .optional()
    .describe('a whole id, or a part of the name, of a group or collection that is or was mapped'),
  action: auditAction.optional(),
  kind: z.enum(['mapping', 'command', 'tenant']).optional().describe('all actions on one kind of thing'),
  from: z.iso.datetime().optional().describe('not before'),
  to: z.iso.datetime().optional().describe('before'),
};

export const listAudit = contract({
  id: 'listAudit',
  method: 'GET',
  path: '/audit',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Who did what, newest first',
  query: z.strictObject({ ...pageQuery, ...auditFilter }),
  answer: pageOf(auditEntry),
});

/** Of so many lines the people are named, and so many of them. */
export const PEOPLE = { lines: 10_000, limit: 100 } as const;

export const listAuditPeople = contract({
  id: 'listAuditPeople',
  method: 'GET',
  path: '/audit/people',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Who did something lately, to choose from',
  description: `The people of the last ${PEOPLE.lines} lines, at most ${PEOPLE.limit}; who did something last comes first.`,
  answer: z
    .object({
      items: z
        .array(
          z.object({
            id: z.string().describe('for the filter `actor`: this person alone'),
            name: z.string().describe('two people may share it'),
            lastAt: moment,
            lines: z.number().int().describe('of those that were looked at'),
          }),
        )
        .max(PEOPLE.limit),
    })
    .meta({ id: 'AuditPeople' }),
});

export const getAuditEntry = contract({
  id: 'getAuditEntry',
  method: 'GET',
  path: '/audit/{id}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One line of the audit log',
  params: z.object({ id: z.coerce.number().int().positive() }),
  answer: auditEntry,
  problems: [404],
});

export const exportAudit = contract({
  id: 'exportAudit',
  method: 'GET',
  path: '/export/audit',
  role: 'Reader',
  ofPart: true,
  tag: 'Export',
  summary: 'The audit log, or the part that fits, as a file, newest first',
  query: z.strictObject({ format: z.enum(['csv', 'json', 'ndjson']).default('csv'), ...auditFilter }),
  produces: { 'text/csv': z.string(), 'application/json': z.array(auditEntry), 'application/x-ndjson': z.string() },
});

export const verifyAuditLog = contract({
  id: 'verifyAudit',
  method: 'GET',
  path: '/audit/verification',
  role: 'Admin',
  tag: TAG,
  summary: 'Whether a line of the audit log was changed or taken out',
  description:
    'Each line carries a hash of itself and of the line before. What the retention dropped at the old end is no break.',
  answer: z
    .object({
      whole: z.boolean(),
      lines: z.number().int(),
      unsealed: z.number().int().describe('lines so new that they wait for their hash'),
      broken: z.array(z.number().int()).describe('ids of the first ten lines where the chain is broken'),
    })
    .meta({ id: 'AuditVerification' }),
});
