import { z } from 'zod';
import { contract } from '../http/contract.js';
import { moment } from '../http/fields.js';

const alert = z
  .object({
    kind: z.enum(['part', 'service', 'site', 'directory', 'tenantOff']),
    name: z.string().describe('a part (kafka, redis), a service, a site code or a tenant id'),
    severity: z.enum(['error', 'warning', 'info']),
    since: moment,
    title: z.string(),
    message: z.string().describe('the reason, and what to do'),
    stillTrue: z.string().describe('what is still right of what is shown, and what goes on'),
    tenantId: z.string().nullable().describe('the tenant that it concerns; null when it concerns every group'),
    targets: z.number().int().nonnegative().describe('groups that it concerns'),
  })
  .meta({ id: 'Alert' });
export type Alert = z.input<typeof alert>;

export const listAlerts = contract({
  id: 'listAlerts',
  method: 'GET',
  path: '/alerts',
  role: 'Reader',
  ofPart: true,
  tag: 'Health',
  summary:
    'What keeps groups from being kept equal now: something outside is away, a service is silent, a tenant is off',
  answer: z.object({ items: z.array(alert) }),
});
