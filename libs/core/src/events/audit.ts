import { z } from 'zod';
import { CODE, SENTENCES, freeText, storable } from '../storable-text.js';

const settings = z.record(freeText(CODE), z.unknown()).overwrite(storable);
const said = freeText(SENTENCES).nullable();

/**
 * A line of the audit log, once it is sealed. Key: subject. status → whoever keeps it elsewhere. `line` has no gaps, and `previous` is the
 * hash of the line before: a copy shows what was changed or taken out of the log since.
 */
export const auditEvent = z.object({
  id: z.number().int().positive(),
  line: z.number().int().positive().describe('position in the chain; none is left out'),
  previous: freeText(CODE).describe('hash of the line before; empty for the first'),
  hash: freeText(CODE),
  at: z.iso.datetime(),
  actor: freeText(SENTENCES).describe('name; two people may share it'),
  role: freeText(CODE),
  action: freeText(CODE),
  subject: freeText(SENTENCES).describe('tenant/group, a tenant, a plan'),
  detail: settings,
  issuer: said.describe('who vouched for the caller; `topic` for a record adopted from the bus'),
  actorSubject: said.describe('the caller at that issuer, unique and lasting'),
  objectId: said.describe('object id of the caller in Entra ID'),
  client: said.describe('the program that called, as it names itself'),
  address: said,
  before: settings.nullable().describe('all settings before the change'),
  after: settings.nullable().describe('all settings after it'),
});
export type AuditEvent = z.infer<typeof auditEvent>;
