import { z } from 'zod';
import { contract } from '../http/contract.js';
import { moment, text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

export const listAudit = contract({
  id: 'listAudit',
  method: 'GET',
  path: '/audit',
  role: 'Reader',
  tag: 'Audit',
  summary: 'Who did what, newest first',
  query: z.strictObject({
    ...pageQuery,
    actor: text(200).optional(),
    subject: text(200).optional().describe('tenant/group, a tenant, a plan'),
    action: text(100).optional(),
  }),
  answer: pageOf(
    z
      .object({
        id: z.number().int(),
        at: moment,
        actor: z.string(),
        role: z.string(),
        action: z.string(),
        subject: z.string(),
        detail: z.record(z.string(), z.unknown()),
      })
      .meta({ id: 'AuditEntry' }),
  ),
});
